"""The tables of times."""

import statistics


def best(tasks: list) -> list:
    """All forms of ours; of each peer the fastest that allocates its result and the fastest that does not."""
    chosen = [task for task in tasks if task.peer == "ours"]
    for peer in dict.fromkeys(task.peer for task in tasks if task.peer != "ours"):
        for allocates in [True, False]:
            same = [t for t in tasks if t.peer == peer and t.allocates == allocates]
            if same:
                chosen.append(min(same, key=lambda t: statistics.median(t.back_to_back)))
    return chosen


def spread(times: list[int], rows: int) -> str:
    low, middle, high = min(times) / rows, statistics.median(times) / rows, max(times) / rows
    return f"{middle:.2f} ({low:.2f}–{high:.2f})"


def ratio(times: list[int], others: list[int]) -> float:
    return statistics.median(times) / statistics.median(others)


def timing_table(tasks: list, silent: list[str], rows: int) -> list[str]:
    """A line for each task; a ratio says how many times as long as that form of ours it takes.

    There are two of them: of the medians back to back, and of the interleaved ones.
    """
    rivals = [t for t in tasks if t.peer == "ours" and not t.name.startswith(("into, ", "csv crate"))]
    heads = "".join(f" ÷ {t.name}, {t.threads} |" for t in rivals)
    lines = [
        f"| peer | form | threads | result in | back to back, ns | interleaved, ns |{heads}",
        "| --- | --- | --- | --- | --- | --- |" + " --- |" * len(rivals),
    ]
    for task in tasks:
        ratios = "".join(
            f" {ratio(task.back_to_back, rival.back_to_back):.2f} · {ratio(task.interleaved, rival.interleaved):.2f} |"
            for rival in rivals
        )
        memory = "new memory" if task.allocates else "caller's buffers"
        lines.append(
            f"| {task.peer} | {task.name} | {task.threads} | {memory} | {spread(task.back_to_back, rows)} "
            f"| {spread(task.interleaved, rows)} |{ratios}"
        )
    for form in silent:
        name, _, threads = form.rpartition(", ")
        lines.append(f"| ours | {name} | {threads} | | – | – |" + " – |" * len(rivals))
    return lines
