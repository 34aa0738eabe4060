"""Canonical names (ANNOTATION §3): areas for level words, written-out short forms, shared heads, groups."""

from __future__ import annotations

import pytest
from support import task_of

from safetydoc.extractors.names import Names, Setting
from safetydoc.rulebook import Rulebook

PROVINCE = Setting(province="霁川省", year=2023)
CITY = Setting(province="霁川省", city="云岫市", committee="安全生产委员会", year=2023)
COUNTY = Setting(province="霁川省", city="云岫市", county="松泠县", committee="安全生产委员会", year=2023)
DISTRICT = Setting(province="霁川省", city="云岫市", county="澜溪区", year=2023)
ZONE = Setting(province="霁川省", city="云岫市", zone="澜溪经济开发区", zone_word="经济开发区", committee="安全生产委员会", year=2023)
COUNTRY = Setting(country=True, year=2023)

NAMES = [
    ("省应急管理厅", PROVINCE, "霁川省应急管理厅"),
    ("省应急厅", PROVINCE, "霁川省应急管理厅"),
    ("市公安局", CITY, "云岫市公安局"),
    ("市应急局", CITY, "云岫市应急管理局"),
    ("市安委办", CITY, "云岫市安全生产委员会办公室"),
    ("市发改委", CITY, "云岫市发展和改革委员会"),
    ("市卫健委", CITY, "云岫市卫生健康委员会"),
    ("市委宣传部", CITY, "云岫市委宣传部"),
    ("团市委", CITY, "共青团云岫市委员会"),
    ("省应急厅", CITY, "霁川省应急管理厅"),
    ("县教育局", COUNTY, "松泠县教育局"),
    ("市公安局", COUNTY, "云岫市公安局"),
    ("团县委", COUNTY, "共青团松泠县委员会"),
    ("区住建局", DISTRICT, "澜溪区住房和城乡建设局"),
    ("规划建设局", ZONE, "澜溪经济开发区规划建设局"),
    ("党群工作部", ZONE, "澜溪经济开发区党群工作部"),
    ("国家矿山安全监察局霁川局", PROVINCE, "国家矿山安全监察局霁川局"),
    ("各成员单位", CITY, "云岫市安全生产委员会各成员单位"),
    ("各县（市、区）人民政府", CITY, "各县（市、区）人民政府"),
    ("云岫市公安局", CITY, "云岫市公安局"),
    ("应急管理部", COUNTRY, "应急管理部"),
]


@pytest.fixture(scope="module")
def names(book: Rulebook) -> Names:
    return Names(book)


@pytest.mark.parametrize(("printed", "where", "want"), NAMES)
def test_a_printed_name_stands_by_itself(names: Names, printed: str, where: Setting, want: str) -> None:
    assert names.canonical(printed, "", where) == want


@pytest.mark.parametrize(
    ("year", "printed", "want"),
    [
        (2012, "市安监局", "云岫市安全生产监督管理局"),
        (2012, "市发改委", "云岫市发展和改革委员会"),
        (2021, "市应急局", "云岫市应急管理局"),
        (2012, "市环保局", "云岫市环境保护局"),
        (2021, "市生态环境局", "云岫市生态环境局"),
    ],
)
def test_a_name_keeps_its_time(names: Names, year: int, printed: str, want: str) -> None:
    where = Setting(province="霁川省", city="云岫市", year=year)
    assert names.canonical(printed, "", where) == want


@pytest.mark.parametrize("printed", ["市应急管理局机关党委", "市水务集团", "市融媒体中心"])
def test_beyond_the_table_only_the_level_word_is_replaced(names: Names, printed: str) -> None:
    assert names.canonical(printed, "", CITY) == "云岫市" + printed[1:]


@pytest.mark.parametrize("where", [CITY, COUNTY, ZONE])
@pytest.mark.parametrize("printed", ["市场监管局", "市政管理处", "市场服务中心"])
def test_a_first_character_that_is_no_level_word_stays(names: Names, printed: str, where: Setting) -> None:
    assert names.canonical(printed, "", where).replace("监督管理局", "监管局") in (printed, where.area + printed)


@pytest.mark.parametrize("name", ["各县（市、区）", "各成员单位", "省有关部门", "各行业主管、监管部门", "有关单位", "各镇（街道）", "相关企业"])
def test_names_of_several_bodies_are_groups(names: Names, name: str) -> None:
    assert names.is_group(name.replace("（", "(").replace("）", ")"))


@pytest.mark.parametrize("name", ["市应急局", "市公安局交警支队", "国网云岫供电公司", "市消防救援支队", "纪工委(监察工委)"])
def test_names_of_one_body_are_none(names: Names, name: str) -> None:
    assert not names.is_group(name)


@pytest.mark.parametrize(
    ("clause", "want"),
    [
        ("各市党委、政府", ["各市党委", "各市政府"]),
        ("市委、市政府", ["云岫市委", "云岫市政府"]),
    ],
)
def test_a_shared_head_is_added_to_the_canonical_name_only(clause: str, want: list[str]) -> None:
    units = task_of(f"压实责任。（责任单位：{clause}）").units
    assert [unit.canonical.replace("人民政府", "政府") for unit in units] == want
    assert "、".join(unit.name for unit in units) == clause


def test_the_bodies_of_a_town_take_its_name() -> None:
    units = task_of("压实责任。（责任单位：镇应急管理办公室、镇派出所）", area="霁川省松泠县柳浦镇").units
    assert [unit.canonical for unit in units] == ["柳浦镇应急管理办公室", "柳浦镇派出所"]


def test_the_bodies_of_a_zone_take_its_name() -> None:
    units = task_of("压实责任。（责任单位：经济发展局、社会事业局）", area="霁川省云岫市澜溪经济开发区").units
    assert [unit.canonical for unit in units] == ["澜溪经济开发区经济发展局", "澜溪经济开发区社会事业局"]
