"""Writes JSON Lines of small pages for the test: python3 test_pages.py COUNT > pages.jsonl

One line in a hundred cannot be mended, each for another reason.
"""

import base64
import json
import sys

CLAUSES = [
    "春耕时节农机下田，", "新建的渡口已经通航，", "县医院添了两台仪器，", "孩子们在操场上放风筝。",
    "老街的石板路重新铺过，", "气象台说周末有小雨。", "合作社收购了三百担茶叶，", "夜校开了算术和国文两班。",
    "戏台前坐满了看戏的人，", "铁路桥的桥墩露出水面，", "邮局搬到了车站对面。", "渔民把网晒在堤岸上，",
]

BROKEN = ["", "{", '{"id": "no page"}', '{"id": "bad data", "data": "*"}', '{"id": "no file", "path": "/no/such/file"}']


def page(n):
    body = "本报讯（记者 王" + CLAUSES[n % 12][0] + "）" + "".join(CLAUSES[n * k % 12] for k in range(3, 9))
    lines = [body[i : i + 14] for i in range(0, len(body), 14)]
    lines += ["", f"第{n}号消息", ""]
    if n % 5 == 0:
        lines += ["本报讯（通讯员 李明）昨日上午，河上的新桥", "通车，两岸居民步行过江。", "", "新桥通车", ""]
    return "\n".join(lines)


def record(n):
    if n % 100 == 99:
        return BROKEN[n // 100 % len(BROKEN)]
    if n % 3 == 0:
        data = base64.b64encode(page(n).encode("gb18030")).decode()
        return json.dumps({"id": n, "data": data, "issue": "1950-03-01"})
    # Characters at which careless readers end a line, within it.
    return json.dumps({"id": f"p{n}", "note": "a\u2028b\u0085c", "text": page(n)}, ensure_ascii=False)


for n in range(int(sys.argv[1])):
    print(record(n))
