# SPDX-License-Identifier: GPL-3.0-or-later
"""Round robin as the platform does it by default: the next in the order of joining after the last one
chosen, of those who qualify; who finds nobody waits, and the oldest is served first. The protocol is
Sources/PROTOCOL.md: a line of events in, a line of decisions out, until the input ends."""
import json
import sys

users, last, holder, is_open, queue = {}, {}, {}, set(), []


def give(contact, user):
    """Notes who has a contact, and how many open ones everybody has."""
    if contact in is_open:
        for who, change in (holder.get(contact), -1), (user, 1):
            if who is not None:
                users[who]["open"] += change
    holder[contact] = user


def choose(ask):
    """The next user in turn who qualifies for a question."""
    pool = [u for u in users.values() if ask["team"] in (None, u["team"])]
    first = next((i + 1 for i, u in enumerate(pool) if u["user"] == last.get(ask["team"])), 0)
    for user in pool[first:] + pool[:first]:
        limits = [n for n in (ask["fewer_than"], user["limit"]) if n is not None]
        if (user["status"] == "online" or not ask["only_online"]) and user["user"] != ask["exclude"] \
                and all(user["open"] < n for n in limits):
            last[ask["team"]] = user["user"]
            return user["user"]


for line in sys.stdin:
    line, answer = json.loads(line), {}
    for event in line["events"]:
        kind, contact = event["event"], event.get("contact")
        if kind == "hello":
            users = {u["user"]: {**u, "open": 0} for u in event["users"]}
            answer = {"protocol": 1, "name": "Round robin in Python",
                      "wants": ["opened", "closed", "assigned", "unassigned", "status", "left_queue"]}
        elif kind == "status":
            users[event["user"]]["status"] = event["status"]
        elif kind == "opened":
            is_open.discard(contact)
            holder[contact] = None
            is_open.add(contact)
            give(contact, event["assignee"])
        elif kind == "closed":
            user = holder.get(contact)
            give(contact, None)
            is_open.discard(contact)
            holder[contact] = user
        elif kind in ("assigned", "unassigned"):
            give(contact, event.get("to"))
        elif kind == "ask":
            queue.append(event)
        elif kind == "left_queue":
            queue = [ask for ask in queue if ask["run"] != event["run"]]
    decisions = []
    for ask in list(queue):
        user = choose(ask)
        if user is not None:
            queue.remove(ask)
            give(ask["contact"], user)
            decisions.append({"assign": ask["run"], "to": user})
    print(json.dumps({"line": line["line"], "decisions": decisions, **answer}), flush=True)
