"""What the tests of TAXII share: where the program is, and TAP."""
import os
import sys

MEGURI = os.path.realpath(sys.argv[1])
ENV = dict(os.environ, LC_ALL="C.UTF-8", MEGURI_LANG="en")
TAXII = "application/taxii+json;version=2.1"
told = {"count": 0, "failed": 0}


def tell(good, name, why=""):
    told["count"] += 1
    told["failed"] += not good
    print("ok" if good else "not ok", told["count"], "-", name, flush=True)
    for line in str(why).splitlines()[:20] if not good else []:
        print("#", line[:400], flush=True)


def over():
    print(f"1..{told['count']}")
    sys.exit(told["failed"] != 0)
