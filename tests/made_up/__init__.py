"""A made-up township, 示例乡: three years of consistent tables from a seed, and planted problems.

`python -m made_up` (in `tests/`) writes params/demo-*.yaml, data/demo-*/ and tests/planted.csv.
Everything here is 虚构数据.
"""
