# SPDX-License-Identifier: GPL-3.0-or-later
"""Round robin as the platform does it by default: of those who qualify the next after the last one chosen, in
the order of joining; who finds nobody waits, and the oldest is served first. Protocol: Sources/PROTOCOL.md."""
import json
import sys

users, pools, last, holder, is_open, queue = {}, {}, {}, {}, set(), []
hello = {"protocol": 1, "name": "Round robin in Python",
         "wants": ["opened", "closed", "assigned", "unassigned", "status", "left_queue"]}


def count(contact, change):
    if contact in is_open and holder.get(contact) is not None:
        users[holder[contact]]["open"] += change


def give(contact, user):
    count(contact, -1)
    holder[contact] = user
    count(contact, 1)


def choose(ask):
    pool, limit, place = pools[ask["team"]], ask["fewer_than"], last.get(ask["team"], -1)
    for _ in pool:
        place = (place + 1) % len(pool)
        user = pool[place]
        if (user["status"] == "online" or not ask["only_online"]) and user["user"] != ask["exclude"] \
                and all(user["open"] < n for n in (limit, user["limit"]) if n is not None):
            last[ask["team"]] = place
            return user["user"]


def hear(event):
    kind, contact = event["event"], event.get("contact")
    if kind == "hello":
        users.update((u["user"], {**u, "open": 0}) for u in event["users"])
        for team in [None] + [t["team"] for t in event["teams"]]:
            pools[team] = [u for u in users.values() if team in (None, u["team"])]
    elif kind == "status":
        users[event["user"]]["status"] = event["status"]
    elif kind == "opened":
        is_open.add(contact)
        holder[contact] = None
        give(contact, event["assignee"])
    elif kind == "closed":
        count(contact, -1)
        is_open.discard(contact)
    elif kind in ("assigned", "unassigned"):
        give(contact, event.get("to"))
    elif kind == "ask":
        queue.append(event)
    elif kind == "left_queue":
        queue[:] = [ask for ask in queue if ask["run"] != event["run"]]


for line in map(json.loads, sys.stdin):
    decisions = []
    for event in line["events"]:
        hear(event)
    for ask in list(queue):
        user = choose(ask)
        if user is not None:
            queue.remove(ask)
            give(ask["contact"], user)
            decisions.append({"assign": ask["run"], "to": user})
    answer = {"line": line["line"], "decisions": decisions, **(hello if line["line"] == 1 else {})}
    print(json.dumps(answer), flush=True)
