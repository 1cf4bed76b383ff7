"""Print how many items each option of a category has, and their money in all: ``python report.py APP FIELD MONEY``."""

import sys
from collections import Counter, defaultdict
from decimal import Decimal

from signed_in import client

from podio.fields import Money

counts: Counter[str] = Counter()
sums: defaultdict[tuple[str, str], Decimal] = defaultdict(Decimal)
with client() as podio:
    for item in podio.app(int(sys.argv[1])).where():
        group, amount = item.text(sys.argv[2]), item[sys.argv[3]]
        counts[group] += 1
        if isinstance(amount, Money):
            sums[group, amount.currency] += amount.amount
for group, count in counts.most_common():
    print(f"{group:20} {count:5}", *(f"{sums[key]:,.2f} {key[1]}" for key in sums if key[0] == group), sep="  ")
