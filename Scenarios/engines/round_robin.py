# SPDX-License-Identifier: GPL-3.0-or-later
"""Round robin as the platform does it by default: of those who qualify the next after the last one chosen, in
the order of joining; who finds nobody waits, and the oldest is served first. Protocol: Sources/PROTOCOL.md."""
import json
import sys

users, last, holder, is_open, queue = {}, {}, {}, set(), []
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
    pool = [u for u in users.values() if ask["team"] in (None, u["team"])]
    first = next((i + 1 for i, u in enumerate(pool) if u["user"] == last.get(ask["team"])), 0)
    for user in pool[first:] + pool[:first]:
        limit = min((n for n in (ask["fewer_than"], user["limit"]) if n is not None), default=1 << 60)
        if user["open"] < limit and user["user"] != ask["exclude"] \
                and (user["status"] == "online" or not ask["only_online"]):
            last[ask["team"]] = user["user"]
            return user["user"]


def hear(event):
    kind, contact = event["event"], event.get("contact")
    if kind == "hello":
        users.update((u["user"], {**u, "open": 0}) for u in event["users"])
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
