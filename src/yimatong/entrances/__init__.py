"""Ways in besides a typed address: posters at doors, WeChat and Alipay, a phone that logs a
screen in.

Writes: entrances_spent, entrances_screen; by way of `people`, which app leads to which account.
Reads: the same, posters of `places`. Never keeps: what an app calls somebody, but for a keyed hash;
who scanned a poster.
"""
