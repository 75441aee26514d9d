#!/usr/bin/env bash
# The Spark job, for real: two executors over 20,000 pages, one of them killed in mid-run, and a page
# that kills the program. What comes out must be, to the byte, what a single process answers.
#
# Needs python3, Java 17 and a package index to install pyspark from; says so and ends well without.
set -euo pipefail
cd "$(dirname "$0")/.."

PAGES=20000
# The page of which the program is made to die.
DEADLY='"id": "p12346"'

skip() {
    echo "scale: skipped: $1"
    exit 0
}
fail() {
    echo "scale: FAILED: $1" >&2
    exit 1
}

command -v python3 >/dev/null || skip "there is no python3"
command -v java >/dev/null || skip "there is no java"
java=$(java -version 2>&1 | sed -n 's/.*version "\([0-9]*\).*/\1/p' | head -1)
[ "${java:-0}" -ge 17 ] || skip "Java 17 is needed, and this is ${java:-unknown}"

venv=$PWD/target/spark-venv
if ! "$venv/bin/python" -c 'import pyspark, pyarrow, pandas' 2>/dev/null; then
    python3 -m venv "$venv" >/dev/null 2>&1 || skip "python3 makes no virtual environment here"
    "$venv/bin/pip" install --quiet --disable-pip-version-check 'pyspark>=4,<5' pyarrow pandas >/dev/null 2>&1 ||
        skip "pyspark cannot be installed"
fi
pagemend=${PAGEMEND:-$PWD/target/release/pagemend}
[ -x "$pagemend" ] || cargo build --release --quiet

work=$(mktemp -d)
driver=
tidy() {
    [ -z "$driver" ] || kill "$driver" 2>/dev/null || true
    # Spark keeps its workers' logs where it is installed.
    rm -rf "$work" "$venv"/lib/python*/site-packages/pyspark/work
}
trap tidy EXIT

python3 scale/test_pages.py $PAGES >"$work/pages.jsonl"
(cd / && env -i "$pagemend" stream <"$work/pages.jsonl" >"$work/single.jsonl" 2>/dev/null)
[ "$(wc -l <"$work/single.jsonl")" = $PAGES ] || fail "a single process left pages without an answer"

# A program that dies when it comes to one page, after it has answered those before it: each time, or
# as long as a file is not there.
dying() {
    cat >"$work/$1" <<EOF
#!/bin/bash
pages=\$(mktemp)
trap 'rm -f "\$pages"' EXIT
cat >"\$pages"
at=\$(grep -n -m 1 -F '$DEADLY' "\$pages" | cut -d: -f1)
if [ -n "\$at" ] && [ ! -e "$2" ]; then
    [ -z "$3" ] || touch "$3"
    head -n \$((at - 1)) "\$pages" | '$pagemend' "\$@"
    kill -KILL \$\$
fi
'$pagemend' "\$@" <"\$pages"
EOF
    chmod +x "$work/$1"
}
dying dies-once "$work/died" "$work/died"
dying dies-always "$work/never" ""

# Starts the job with a program and an engine; its process is then in $driver.
job() {
    SPARK_LOCAL_IP=127.0.0.1 SPARK_LOCAL_DIRS="$work/local" \
        PYSPARK_PYTHON="$venv/bin/python" PYSPARK_DRIVER_PYTHON="$venv/bin/python" \
        "$venv/bin/spark-submit" --master 'local-cluster[2,1,1024]' --conf spark.ui.enabled=false \
        --conf spark.sql.files.maxPartitionBytes=1m \
        --conf spark.driver.extraJavaOptions=-XX:TieredStopAtLevel=1 \
        --conf spark.executor.extraJavaOptions=-XX:TieredStopAtLevel=1 \
        scale/spark_job.py --pagemend "$work/$1" --engine "$2" \
        --input "$work/pages.jsonl" --output "$work/$2" >"$work/$2.counts" 2>"$work/$2.log" &
    driver=$!
}
finished() {
    wait "$driver" || { tail -40 "$work/$1.log" "$work/$1.counts" >&2; fail "the job with $1 failed"; }
    driver=
    zcat "$work/$1"/answers/part-* | cmp - "$work/$2" || fail "$1 does not answer as a single process does"
    "$venv/bin/python" scale/test_articles.py "$work/$2" "$work/$1" || fail "the tables of $1 are others"
    echo "scale: $1: $(tail -1 "$work/$1.counts")"
}

# The pipe: an executor is killed when the first pieces are written, and the program dies once.
job dies-once pipe
until compgen -G "$work/pipe/answers/_temporary/0/task_*" >/dev/null; do
    kill -0 "$driver" 2>/dev/null || { tail -40 "$work/pipe.log" >&2; fail "the job ended early"; }
    sleep 0.2
done
executor=$(pgrep -P "$driver" -f CoarseGrainedExecutorBackend | head -1)
kill -KILL "$executor"
[ ! -e "$work/pipe/answers/_SUCCESS" ] || fail "the executor was killed too late"
finished pipe single.jsonl
grep -q 'Command exited with code 137' "$work/pipe.log" || fail "no executor was lost"
[ -e "$work/died" ] || fail "the program did not die"

# Arrow: the page kills the program each time; it alone has an error for an answer.
python3 - "$work" <<'EOF'
import json, sys
with open(f"{sys.argv[1]}/single.jsonl", newline="\n") as single, open(f"{sys.argv[1]}/arrow.jsonl", "w") as arrow:
    for line in single:
        if line.startswith('{"id":"p12346",'):
            line = '{"id":"p12346","error":"pagemend died of this page (exit code -9)"}\n'
        arrow.write(line)
EOF
job dies-always arrow
finished arrow arrow.jsonl
echo "scale: $PAGES pages by each engine are what a single process answers"
