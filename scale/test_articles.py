"""Compares the tables of a run with the answers it should have given:

    python3 test_articles.py answers.jsonl OUTPUT

The rows are made here a second time, without Spark, and must be the same.
"""

import json
import sys

import pyarrow.parquet

ANSWERS, OUTPUT = sys.argv[1:]


def expected():
    articles, errors = [], []
    with open(ANSWERS, encoding="utf-8", newline="\n") as answers:
        for line in answers:
            answer = json.loads(line)
            name = answer["id"]
            if not (name is None or isinstance(name, str)):
                name = json.dumps(name)
            if "error" in answer:
                errors.append((name, answer["error"]))
                continue
            for number, article in enumerate(answer["document"]["articles"], 1):
                text = {role: [] for role in ("headline", "byline")}
                for block in article["blocks"]:
                    text.setdefault(block["role"], []).append(block["text"])
                whole = "\n\n".join(block["text"] for block in article["blocks"])
                roles = [(block["role"], block["text"], block["from"][0]["line"]) for block in article["blocks"]]
                articles.append((name, number, "\n".join(text["headline"]), "\n".join(text["byline"]), whole, roles))
    return articles, errors


def found():
    def rows(table):
        return pyarrow.parquet.read_table(f"{OUTPUT}/{table}").to_pylist()

    def roles(row):
        return [(block["role"], block["text"], block["from"][0]["line"]) for block in json.loads(row["blocks"])]

    columns = ("id", "article", "headline", "byline", "text")
    articles = [(*(row[column] for column in columns), roles(row)) for row in rows("articles")]
    return articles, [(row["id"], row["error"]) for row in rows("errors")]


def ordered(rows):
    return sorted(rows, key=lambda row: (row[0] is None, row))


for name, wanted, given in zip(("articles", "errors"), expected(), found()):
    if ordered(wanted) != ordered(given):
        sys.exit(f"{name}: {len(given)} rows are not the {len(wanted)} that a single process gives")
    print(f"{name}: {len(given)} rows, as a single process gives them")
