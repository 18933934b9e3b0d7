use super::Decimals;

fn texts(decimals: &Decimals, rows: usize) -> Vec<Option<String>> {
    (0..rows).map(|row| decimals.number(row).map(|number| number.to_string())).collect()
}

fn some(texts: &[&str]) -> Vec<Option<String>> {
    texts.iter().map(|text| (!text.is_empty()).then(|| (*text).to_owned())).collect()
}

#[test]
fn numbers_take_the_places_of_the_one_with_the_most() {
    let mut column = Decimals::default();
    column.put(0, 5, 0).unwrap();
    column.put(2, -125, 2).unwrap();
    column.put(3, 7, 1).unwrap();
    column.close(12);
    assert_eq!((&column.narrow[..4], column.places), (&[500, 0, -125, 70][..], 2));
    assert_eq!(column.there.as_deref(), Some(&[0b1101, 0][..]));
    assert_eq!(texts(&column, 4), some(&["5", "", "-1.25", "0.7"]));
    assert_eq!(texts(&column, 12)[4..], vec![None; 8]);
}

#[test]
fn what_does_not_fit_64_bits_takes_128_and_beyond_that_there_is_no_column() {
    let mut column = Decimals::default();
    column.put(0, 999_999_999_999_999_999, 0).unwrap();
    assert!(column.wide.is_none());
    column.put(1, 1, 2).unwrap();
    assert_eq!(column.wide.as_deref(), Some(&[99_999_999_999_999_999_900, 1][..]));
    assert_eq!(texts(&column, 2), some(&["999999999999999999", "0.01"]));
    // 999999999999999999 · 10^20 < 2^127 ≤ 999999999999999999 · 10^21
    assert_eq!(column.clone().put_wide(2, 1, 20), Some(()));
    assert_eq!(column.put_wide(2, 1, 21), None);
}

#[test]
fn parts_put_together_are_the_column_filled_at_once() {
    let rows: Vec<Option<(i64, u32)>> = (0..40)
        .map(|row| {
            (row % 7 != 3 && row > 4).then_some((row * 1_000_000_000_000_000, u32::from(row > 20) * 2 + u32::from(row > 30) * 12))
        })
        .collect();
    let filled = |rows: &[Option<(i64, u32)>]| {
        let mut column = Decimals::default();
        for (row, figure) in rows.iter().enumerate() {
            if let Some((mantissa, places)) = figure {
                column.put(row, *mantissa, *places).unwrap();
            }
        }
        column
    };
    let mut whole = filled(&rows);
    whole.close(rows.len());
    for size in [1, 3, 8, 13, 39] {
        let (mut joined, mut before) = (Decimals::default(), 0);
        for part in rows.chunks(size) {
            joined.append(before, filled(part)).unwrap();
            before += part.len();
        }
        joined.close(rows.len());
        assert_eq!(joined, whole, "in parts of {size}");
    }
}
