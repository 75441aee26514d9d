"""Mends the pages of a collection on Apache Spark and writes one row per article.

    spark-submit scale/spark_job.py --pagemend /opt/pagemend/pagemend --input pages.jsonl --output mended

Input: JSON Lines, or a Parquet table (a path ending in `.parquet`), with the fields that `pagemend
stream` takes: `id`, one of `text`, `data`, `path`, and `format` where it is known. Other fields are
carried through to the answers.

Output, below --output:

    answers/    what pagemend answered, line by line, in the order of the input (gzipped JSON Lines)
    articles/   Parquet, a row for each article: id, article, headline, byline, text, blocks
    errors/     Parquet, a row for each page that could not be mended: id, error

and on standard output one line of JSON with the counts.

Two engines run the same program under the same contract. `pipe` is `rdd.pipe`: the least that can be
between Spark and a program. A program that dies fails its task, which Spark tries again. `arrow` is
`mapInArrow` with a subprocess for each batch: it works on Spark Connect and serverless too, where
there are no RDDs, and a page that kills the program each time costs that page alone, which is then
answered with an error.
"""

import argparse
import json
import shlex
import subprocess

from pyspark.sql import DataFrame, SparkSession
from pyspark.sql import functions as F

# What is taken of an answer; see `pagemend schema`. An id that is no string is kept as its JSON.
ANSWER = """
    id STRING, error STRING,
    document STRUCT<articles: ARRAY<STRUCT<blocks: ARRAY<STRUCT<
        id: STRING, role: STRING, text: STRING, order: INT, confidence: DOUBLE,
        `from`: ARRAY<STRUCT<page: INT, line: INT>>>>>>>
"""


def lines_of(spark: SparkSession, path: str) -> DataFrame:
    """The records as JSON, one a row, in a column `value`."""
    if path.rstrip("/").endswith(".parquet"):
        table = spark.read.parquet(path)
        return table.select(F.to_json(F.struct(*table.columns)).alias("value"))
    # Without lineSep Spark ends lines at carriage returns too.
    return spark.read.text(path, lineSep="\n")


def through_pipe(spark: SparkSession, lines: DataFrame, command: list[str]) -> DataFrame:
    """Answers by rdd.pipe, which runs the program once for each partition, without any environment."""
    # checkCode is what keeps a program that dies from ending a partition early and unnoticed.
    answers = lines.rdd.map(lambda row: row.value).pipe(shlex.join(command), checkCode=True)
    return spark.createDataFrame(answers.map(lambda answer: (answer,)), "value STRING")


def through_arrow(lines: DataFrame, command: list[str]) -> DataFrame:
    """Answers by mapInArrow, which runs the program once for each batch of records."""

    def run(batch):
        """The answers that came before the program ended, if it did not come to its end."""
        stdin = "".join(line + "\n" for line in batch).encode()
        done = subprocess.run(command, input=stdin, stdout=subprocess.PIPE, env={}, check=False)
        answers = done.stdout.split(b"\n")[:-1]
        return [answer.decode() for answer in answers], done.returncode

    def answered(batch):
        """One answer for each record, in order. Of a record that kills the program it is an error."""
        while batch:
            answers, code = run(batch)
            yield from answers
            batch = batch[len(answers) :]
            if not batch:
                return
            if code == 0:
                raise RuntimeError(f"pagemend left {len(batch)} records without an answer")
            # The first one without an answer may have died with a later one: it is tried alone.
            answers, code = run(batch[:1])
            yield answers[0] if answers else died(batch[0], code)
            batch = batch[1:]

    def died(line, code):
        try:
            name = json.loads(line).get("id")
        except (ValueError, AttributeError):
            name = None
        answer = {"id": name, "error": f"pagemend died of this page (exit code {code})"}
        return json.dumps(answer, separators=(",", ":"))

    def answer(batches):
        import pyarrow

        for batch in batches:
            answers = list(answered(batch.column(0).to_pylist()))
            yield pyarrow.RecordBatch.from_pydict({"value": pyarrow.array(answers, pyarrow.string())})

    return lines.mapInArrow(answer, "value STRING")


def texts(blocks, *roles):
    """The texts of the blocks with some role, each on its line."""
    found = F.filter(blocks, lambda block: block["role"].isin(*roles))
    return F.concat_ws("\n", F.transform(found, lambda block: block["text"]))


def articles_of(answers: DataFrame) -> DataFrame:
    """A row for each article; it is numbered within its page, from 1."""
    article = answers.select("id", F.posexplode("document.articles").alias("place", "article"))
    blocks = F.col("article.blocks")
    return article.select(
        "id",
        (F.col("place") + 1).alias("article"),
        texts(blocks, "headline").alias("headline"),
        texts(blocks, "byline").alias("byline"),
        F.concat_ws("\n\n", F.transform(blocks, lambda block: block["text"])).alias("text"),
        F.to_json(blocks).alias("blocks"),
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--pagemend", required=True, help="absolute path of the program, the same on every node")
    parser.add_argument("--input", required=True, help="JSON Lines, or a table whose path ends in .parquet")
    parser.add_argument("--output", required=True, help="directory that does not exist yet")
    parser.add_argument("--engine", choices=["pipe", "arrow"], default="pipe")
    parser.add_argument("--partitions", type=int, help="pieces to cut the input into; mixes its order")
    args = parser.parse_args()

    spark = SparkSession.builder.appName("pagemend").getOrCreate()
    # Spark runs as many tasks as there are cores; one thread for each is right.
    command = [args.pagemend, "stream", "--jobs", "1"]
    lines = lines_of(spark, args.input)
    if args.partitions:
        lines = lines.repartition(args.partitions)
    if args.engine == "pipe":
        answers = through_pipe(spark, lines, command)
    else:
        answers = through_arrow(lines, command)
    # The pages are mended once; all that follows reads the answers.
    answers.write.text(f"{args.output}/answers", compression="gzip", lineSep="\n")

    answers = spark.read.text(f"{args.output}/answers", lineSep="\n")
    parsed = answers.select(F.from_json("value", ANSWER).alias("answer")).select("answer.*")
    articles_of(parsed).write.parquet(f"{args.output}/articles")
    parsed.where("error IS NOT NULL").select("id", "error").write.parquet(f"{args.output}/errors")

    counts = {
        "pages": answers.count(),
        "articles": spark.read.parquet(f"{args.output}/articles").count(),
        "errors": spark.read.parquet(f"{args.output}/errors").count(),
    }
    print(json.dumps(counts))
    spark.stop()


if __name__ == "__main__":
    main()
