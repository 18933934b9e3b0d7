"""Arrow's CSV reader; the other jobs are left to the libraries that compute on its columns."""

import pyarrow as pa
from jobs import Variant
from pyarrow import csv as reader


def csv(file, targets, threads):
    pa.set_cpu_count(threads)
    texts = {"dictionaries": pa.dictionary(pa.int32(), pa.string()), "strings": pa.string()}

    def variant(name, text):
        types = dict.fromkeys(["indicator", "unit", "period"], text) | {"part": pa.int64(), "whole": pa.int64()}
        return Variant(
            name,
            lambda: reader.read_csv(
                file,
                read_options=reader.ReadOptions(use_threads=threads > 1, block_size=4 << 20),
                convert_options=reader.ConvertOptions(column_types=types),
            ),
        )

    return [variant(name, text) for name, text in texts.items()]
