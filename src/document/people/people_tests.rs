use proptest::prelude::*;
use unicode_width::UnicodeWidthStr;

use crate::facts::{FactDraft, Facts};
use crate::number::Number;
use crate::plan::{
    BaselineDraft, ByDraft, Change, Citation, DeliverDraft, DocumentReference, Every, HeaderDraft, IndicatorDraft, Kind,
    Language, LocalText, OutlookDraft, PlanDraft, RemarkDraft, ScopeDraft, Strength, TargetDraft, UnitDraft,
};
use crate::scorecard::{Scorecard, assess};
use crate::time::{Cadence, Day, parse_day};

fn day(text: &str) -> Option<Day> {
    parse_day(text).map(Day)
}

fn number(text: &str) -> Option<Number> {
    Some(text.parse().unwrap())
}

fn text(text: &str) -> Option<String> {
    Some(text.to_owned())
}

fn by(label: &str) -> Option<ByDraft> {
    Some(ByDraft(label.to_owned()))
}

fn cited(section: &str, line: u32, clause: &str) -> Option<Citation> {
    Some(Citation { section: text(section), line: Some(line), clause: text(clause), ..Citation::default() })
}

fn indicator(id: &str, kind: Kind, name: &str) -> IndicatorDraft {
    IndicatorDraft { id: text(id), kind: Some(kind), name: LocalText::every(name), ..IndicatorDraft::default() }
}

fn target(row: &str, id: &str, indicator: &str) -> TargetDraft {
    TargetDraft { row: text(row), id: text(id), indicator: text(indicator), ..TargetDraft::default() }
}

fn fact(indicator: &str, period: &str) -> FactDraft {
    FactDraft { indicator: text(indicator), period: text(period), ..FactDraft::default() }
}

fn part(indicator: &str, period: &str, part: u64, whole: u64) -> FactDraft {
    FactDraft { part: Some(part.into()), whole: Some(whole.into()), ..fact(indicator, period) }
}

fn plan(indicators: Vec<IndicatorDraft>, targets: Vec<TargetDraft>) -> PlanDraft {
    PlanDraft {
        format: text("attain-plan/1"),
        plan: HeaderDraft {
            id: text("cchc"),
            title: LocalText::every("Kế hoạch cải cách hành chính 2021–2025"),
            owner: text("so"),
            start: day("2021-12-29"),
            document: Some(DocumentReference {
                number: text("333/QĐ-SKHCN"),
                date: day("2021-12-29"),
                issuer: text("Sở Khoa học và Công nghệ"),
            }),
            ..HeaderDraft::default()
        },
        indicators,
        targets,
        ..PlanDraft::default()
    }
}

fn card(plan: PlanDraft, facts: Vec<FactDraft>, as_of: &str) -> Scorecard {
    let plan = plan.validate().unwrap();
    let facts = Facts::new(&plan, facts).unwrap();
    assess(&plan, &facts, parse_day(as_of).unwrap())
}

/// Six targets of a department: a share that lags, posts to be cut, an index to be improved, a thing to be done, a rate of
/// each quarter, and one that waits for its time.
fn small() -> Scorecard {
    let indicators = vec![
        IndicatorDraft {
            reported: Some(Cadence::Quarter),
            ..indicator("online", Kind::Share, "Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4")
        },
        IndicatorDraft {
            unit: Some("people".into()),
            whole: Some(true),
            ..indicator("posts", Kind::Stock, "Biên chế được giao")
        },
        IndicatorDraft { unit: Some("points".into()), ..indicator("par", Kind::Index, "Chỉ số cải cách hành chính") },
        IndicatorDraft {
            unit: Some("documents".into()), ..indicator("scheme", Kind::Deliverable, "Đề án vị trí việc làm")
        },
        indicator("on-time", Kind::OnTime, "Tỷ lệ hồ sơ giải quyết đúng hạn"),
    ];
    let targets = vec![
        TargetDraft {
            at_least: number("50"),
            by: by("2025"),
            baseline: Some(BaselineDraft::Named("2021".to_owned())),
            outlook: Some(OutlookDraft { whole: number("204") }),
            assumed: text("\"Tổng số hồ sơ\" là tổng số hồ sơ đã giải quyết trong năm."),
            citation: cited(
                "II.2.a",
                134,
                "Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 trên tổng số hồ sơ đạt tối thiểu 50%.",
            ),
            ..target("T14", "online-2025", "online")
        },
        TargetDraft {
            at_least: number("100"),
            every: Some(Every::Quarter),
            from: day("2025-01-01"),
            until: day("2025-12-31"),
            citation: cited("II.2.a", 130, "Hàng năm, tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%"),
            ..target("T10", "on-time-each-quarter", "on-time")
        },
        TargetDraft {
            reduce_by: Some(Change::Percent(number("10").unwrap())),
            by: by("2025-06-30"),
            baseline: Some(BaselineDraft::Named("2021".to_owned())),
            citation: cited("II.3.a", 160, "giảm tối thiểu 10% biên chế so với năm 2021"),
            ..target("T22", "posts-2025", "posts")
        },
        TargetDraft {
            improve: Some(true),
            by: by("2024"),
            baseline: Some(BaselineDraft::Named("previous".to_owned())),
            strength: Some(Strength::Aspiration),
            citation: cited("II.6", 210, "Phấn đấu cải thiện Chỉ số CCHC | PAR INDEX"),
            ..target("T38", "par-2024", "par")
        },
        TargetDraft {
            deliver: Some(DeliverDraft::Done(true)),
            by: by("2022-12-31"),
            citation: cited("II.3.a", 165, "Hoàn thành Đề án trong năm 2022"),
            ..target("T24", "scheme-2022", "scheme")
        },
        TargetDraft { at_least: number("90"), by: by("2030"), from: day("2026-01-01"), ..target("T20", "online-2030", "online") },
    ];
    let mut draft = plan(indicators, targets);
    draft.plan.title = LocalText::every("Kế hoạch cải cách hành chính 2021–2025");
    if let Some(par) = draft.indicators.iter_mut().find(|par| par.id.as_deref() == Some("par")) {
        par.direction = Some(crate::plan::Direction::Increase);
    }
    draft.remarks = vec![RemarkDraft {
        row: text("T26"),
        why: text("Không có số lượng và không có sản phẩm."),
        citation: cited("II.3.a", 174, "Nâng cao chất lượng đội ngũ"),
    }];
    let mut facts = vec![
        part("online", "2021", 31, 155),
        part("online", "2025-Q1", 20, 40),
        part("online", "2025-Q2", 19, 44),
        FactDraft { value: number("52"), ..fact("posts", "2021") },
        FactDraft { value: number("47"), ..fact("posts", "2025-06") },
        FactDraft { value: number("84.2"), ..fact("par", "2023") },
        FactDraft { value: number("84.2"), ..fact("par", "2024") },
        FactDraft { done_on: day("2023-01-12"), ..fact("scheme", "2022") },
    ];
    if let Some(second) = facts.get_mut(2) {
        second.state = Some(crate::facts::State::Provisional);
    }
    facts.push(FactDraft {
        in_time: number("3123"),
        late: number("1"),
        overdue: number("0"),
        not_due: number("12"),
        ..fact("on-time", "2025-Q1")
    });
    card(draft, facts, "2025-06-30")
}

const SMALL_VI: &str = "\
Kế hoạch cải cách hành chính 2021–2025
======================================
Văn bản: 333/QĐ-SKHCN, 29/12/2021, Sở Khoa học và Công nghệ
Số liệu đến hết ngày 30/06/2025
Theo các báo cáo có đến hết ngày 30/06/2025
Số đánh giá: 9, của 6 mục tiêu

Tổng hợp theo mục
┌───────────────┬──────┬─────┬─────┬───────────────┬─────────────────────────────────────────────────────────┐
│ Mục           │ Tổng │ Tốt │ Xấu │ Chưa kết luận │ Chi tiết                                                │
├───────────────┼──────┼─────┼─────┼───────────────┼─────────────────────────────────────────────────────────┤
│ Toàn bộ       │    9 │   1 │   4 │             4 │ Đúng tiến độ 1 · Không đạt 4 · Chờ số liệu 1 ·          │
│               │      │     │     │               │ Chưa bắt đầu 3                                          │
│ II.2.a        │    5 │   1 │   1 │             3 │ Đúng tiến độ 1 · Không đạt 1 · Chờ số liệu 1 ·          │
│               │      │     │     │               │ Chưa bắt đầu 2                                          │
│ II.3.a        │    2 │   0 │   2 │             0 │ Không đạt 2                                             │
│ II.6          │    1 │   0 │   1 │             0 │ Không đạt 1                                             │
│ Không dẫn mục │    1 │   0 │   0 │             1 │ Chưa bắt đầu 1                                          │
└───────────────┴──────┴─────┴─────┴───────────────┴─────────────────────────────────────────────────────────┘

Chưa kết luận được, và vì sao
┌──────────────┬───────────────────────┬────────────────────────────────────┐
│ Kết luận     │ Lý do                 │ Mục tiêu (kỳ)                      │
├──────────────┼───────────────────────┼────────────────────────────────────┤
│ Chờ số liệu  │ báo cáo quá hạn       │ T10 (2025-Q2)                      │
├──────────────┼───────────────────────┼────────────────────────────────────┤
│ Chưa bắt đầu │ chưa đến kỳ thực hiện │ T10 (2025-Q3, 2025-Q4); T20 (2030) │
└──────────────┴───────────────────────┴────────────────────────────────────┘

Mục II.2.a
┌──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┐
│ Kỳ           │ Thực hiện                │ Yêu cầu              │ Chênh lệch           │ Kết luận           │
├──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┤
│ T14 · Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 [online-2025]                                        │
│   Căn cứ: mục II.2.a, dòng 134: “Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 trên tổng số hồ sơ đạt    │
│     tối thiểu 50%.”                                                                                        │
│   Cách đọc: \"Tổng số hồ sơ\" là tổng số hồ sơ đã giải quyết trong năm.                                      │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2025         │ 46,43 % (39/84),         │ ≥ 50 %               │ thiếu 3,57 điểm %    │ Đúng tiến độ       │
│              │ đến 30/06/2025, tạm tính │                      │ thiếu 3 trường hợp   │                    │
│   • Số liệu gốc 20 % (31/12/2021), mức độ hoàn thành 88,10 %                                               │
│   • Theo lộ trình, đến 30/06/2025 phải đạt 46,22 %; đang sớm 10 ngày; tiến độ 1,01 (mốc 0,95 và 0,6)       │
│   • Đã tăng 7,56 điểm % mỗi năm; từ nay cần tăng 7,09 điểm % mỗi năm                                       │
│   • Cần đạt 63 trong 120 trường hợp còn lại (52,5 %)                                                       │
├────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
│ T10 · Tỷ lệ hồ sơ giải quyết đúng hạn [on-time-each-quarter]                                               │
│   Căn cứ: mục II.2.a, dòng 130: “Hàng năm, tỷ lệ hồ sơ giải quyết đúng hạn đạt 100%”                       │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2025-Q1      │ 99,97 % (3.123/3.124, 12 │ ≥ 100 %              │ thiếu 0,03 điểm %    │ Không đạt          │
│              │ chưa đến hạn)            │                      │ thiếu 1 trường hợp   │                    │
│ 2025-Q2      │ không có số liệu         │ ≥ 100 %              │ –                    │ Chờ số liệu: báo   │
│              │                          │                      │                      │ cáo quá hạn        │
│ 2025-Q3      │ –                        │ ≥ 100 %              │ –                    │ Chưa bắt đầu       │
│ 2025-Q4      │ –                        │ ≥ 100 %              │ –                    │ Chưa bắt đầu       │
└──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┘

Mục II.3.a
┌──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┐
│ Kỳ           │ Thực hiện                │ Yêu cầu              │ Chênh lệch           │ Kết luận           │
├──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┤
│ T22 · Biên chế được giao [posts-2025]                                                                      │
│   Căn cứ: mục II.3.a, dòng 160: “giảm tối thiểu 10% biên chế so với năm 2021”                              │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 01/07/2024 – │ 47 người                 │ giảm 10 %:           │ vượt 0,2 người       │ Không đạt          │
│ 30/06/2025   │                          │ ≤ 46,8 người         │                      │                    │
│              │                          │ → tối đa 46 người    │                      │                    │
│   • Số liệu gốc 52 người (31/12/2021), mức độ hoàn thành 96,15 %                                           │
├────────────────────────────────────────────────────────────────────────────────────────────────────────────┤
│ T24 · Đề án vị trí việc làm [scheme-2022]                                                                  │
│   Căn cứ: mục II.3.a, dòng 165: “Hoàn thành Đề án trong năm 2022”                                          │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2022         │ xong 12/01/2023          │ hoàn thành chậm nhất │ trễ 12 ngày          │ Không đạt          │
│              │                          │ 31/12/2022           │                      │                    │
└──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┘

Mục II.6
┌──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┐
│ Kỳ           │ Thực hiện                │ Yêu cầu              │ Chênh lệch           │ Kết luận           │
├──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┤
│ T38 · Chỉ số cải cách hành chính [par-2024]                                                                │
│   Căn cứ: mục II.6, dòng 210: “Phấn đấu cải thiện Chỉ số CCHC | PAR INDEX”                                 │
│   Phấn đấu, không bắt buộc                                                                                 │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2024         │ 84,2 điểm                │ cải thiện so với     │ bằng ngưỡng          │ Không đạt          │
│              │                          │ 84,2 điểm            │                      │                    │
│   • Số liệu gốc 84,2 điểm (31/12/2023)                                                                     │
│   • So với 2023: không đổi                                                                                 │
└────────────────────────────────────────────────────────────────────────────────────────────────────────────┘

Không dẫn mục
┌──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┐
│ Kỳ           │ Thực hiện                │ Yêu cầu              │ Chênh lệch           │ Kết luận           │
├──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┤
│ T20 · Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 [online-2030]                                        │
│   Căn cứ: không dẫn                                                                                        │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2030         │ –                        │ ≥ 90 %               │ –                    │ Chưa bắt đầu       │
└──────────────┴──────────────────────────┴──────────────────────┴──────────────────────┴────────────────────┘

Nội dung không tính được
┌──────┬─────────────────────────────────────────┬─────────────────────────────────────────────────────┐
│ Dòng │ Lý do                                   │ Căn cứ                                              │
├──────┼─────────────────────────────────────────┼─────────────────────────────────────────────────────┤
│ T26  │ Không có số lượng và không có sản phẩm. │ mục II.3.a, dòng 174: “Nâng cao chất lượng đội ngũ” │
└──────┴─────────────────────────────────────────┴─────────────────────────────────────────────────────┘
";

#[test]
fn the_small_plan_in_vietnamese() {
    let text = small().to_text(Language::Vietnamese);
    assert_eq!(text, SMALL_VI, "{text}");
}

#[test]
fn the_same_in_english() {
    let text = small().to_text(Language::English);
    let block = "\
│ T14 · Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 [online-2025]                                        │
│   Citation: section II.2.a, line 134: “Tỷ lệ hồ sơ giải quyết trực tuyến mức độ 3 và 4 trên tổng số hồ     │
│     sơ đạt tối thiểu 50%.”                                                                                 │
│   Read as: \"Tổng số hồ sơ\" là tổng số hồ sơ đã giải quyết trong năm.                                       │
├──────────────┬──────────────────────────┬──────────────────────┬──────────────────────┬────────────────────┤
│ 2025         │ 46.43 % (39/84),         │ ≥ 50 %               │ 3.57 pp short        │ On track           │
│              │ to 2025-06-30,           │                      │ 3 cases short        │                    │
│              │ provisional              │                      │                      │                    │
│   • Baseline 20 % (2021-12-31), 88.10 % of the way done                                                    │
│   • On the path, 46.22 % had to be reached by 2025-06-30; 10 days ahead; pace 1.01 (bands 0.95 and 0.6)    │
│   • Has risen by 7.56 pp a year; has to rise by 7.09 pp a year from now on                                 │
│   • 63 of the 120 cases to come have to succeed (52.5 %)                                                   │
";
    assert!(text.contains(block), "{text}");
    assert!(text.contains("│ 2025-Q1      │ 99.97 % (3,123/3,124, 12 │ ≥ 100 % "), "{text}");
    assert!(text.contains("│ 2022         │ done 2023-01-12          │ done by 2022-12-31   │ 12 days late "), "{text}");
}

#[test]
fn the_same_in_markdown() {
    let text = small().to_markdown(Language::Vietnamese);
    let table = "\
## Mục II.6

| Dòng | Mục tiêu | Kỳ | Thực hiện | Yêu cầu | Chênh lệch | Kết luận | Căn cứ và ghi chú |
| --- | --- | --- | --- | --- | --- | --- | --- |
| T38 | Chỉ số cải cách hành chính<br>par-2024 | 2024 | 84,2 điểm | cải thiện so với 84,2 điểm | bằng ngưỡng | Không đạt \
| Căn cứ: mục II.6, dòng 210: “Phấn đấu cải thiện Chỉ số CCHC \\| PAR INDEX”<br>Phấn đấu, không bắt buộc<br>\
Số liệu gốc 84,2 điểm (31/12/2023)<br>So với 2023: không đổi |
";
    assert!(text.contains(table), "{text}");
    assert!(text.starts_with("# Kế hoạch cải cách hành chính 2021–2025\n\nVăn bản: 333/QĐ-SKHCN, 29/12/2021, "), "{text}");
    let recurring = text.lines().filter(|line| line.starts_with("| T10 |") && line.contains("“Hàng năm, tỷ lệ hồ sơ")).count();
    assert_eq!(recurring, 4, "the clause travels with each row");
}

/// The one row of a target "at least so much" of a share of the year 2025, at its end.
fn row(at_least: &str, reached: u64, whole: u64) -> String {
    let target = TargetDraft { at_least: number(at_least), by: by("2025"), ..target("T1", "t", "share") };
    let card = card(
        plan(vec![indicator("share", Kind::Share, "Share")], vec![target]),
        vec![part("share", "2025", reached, whole)],
        "2025-12-31",
    );
    let text = card.to_markdown(Language::English);
    let row = text.lines().find(|line| line.starts_with("| T1 |")).unwrap();
    row.split(" | ").skip(2).take(5).collect::<Vec<_>>().join(" | ")
}

#[test]
fn a_number_does_not_contradict_its_verdict() {
    assert_eq!(row("80", 1999, 2500), "2025 | 79.96 % (1,999/2,500) | ≥ 80 % | 0.04 pp short<br>1 case short | Missed");
    assert_eq!(row("80", 2000, 2500), "2025 | 80 % (2,000/2,500) | ≥ 80 % | at the threshold | Met");
    assert_eq!(row("100", 3123, 3124), "2025 | 99.97 % (3,123/3,124) | ≥ 100 % | 0.03 pp short<br>1 case short | Missed");
    let late = row("80", 99_999_999, 100_000_000);
    assert_eq!(late, "2025 | 99.999999 % (99,999,999/100,000,000) | ≥ 80 % | 20.00 pp above | Met", "one late is never 100 %");
    assert!(row("66.66", 2, 3).starts_with("2025 | 66.67 % (2/3) | ≥ 66.66 % | 0.01 pp above"));
    assert!(row("66.67", 2, 3).starts_with("2025 | 66.667 % (2/3) | ≥ 66.67 % | 0.003 pp short"));
}

#[test]
fn units_stand_in_their_blocks_and_in_the_summary() {
    let mut draft = plan(
        vec![indicator("share", Kind::Share, "Share")],
        vec![
            TargetDraft {
                at_least: number("50"),
                by: by("2025"),
                scope: Some(ScopeDraft::Named("each".into())),
                ..target("T1", "each", "share")
            },
            TargetDraft {
                at_least: number("50"),
                by: by("2025"),
                scope: Some(ScopeDraft::Given(crate::plan::ScopeTable { at_least: Some(2) })),
                ..target("T2", "some", "share")
            },
        ],
    );
    let unit = |id: &str, name: &str, parent: Option<&str>| UnitDraft {
        id: text(id),
        name: LocalText::every(name),
        parent: parent.map(str::to_owned),
    };
    draft.units = vec![unit("so", "Sở", None), unit("a", "Phòng A", Some("so")), unit("b", "Phòng B", Some("so"))];
    let of = |unit: &str, reached| FactDraft { unit: text(unit), ..part("share", "2025", reached, 10) };
    let card = card(draft, vec![of("a", 6), of("b", 4)], "2025-12-31");
    let text = card.to_text(Language::Vietnamese);
    assert!(text.contains("│ Phòng A │    1 │   1 │   0 │             0 │ Đạt 1 "), "{text}");
    assert!(text.contains("│ Phòng B  "), "{text}");
    assert!(text.contains("│ 1/2 đơn vị               │ ít nhất 2 đơn vị:    │ thiếu 1 đơn vị       │ Không đạt "), "{text}");
    assert!(text.contains("• Phòng A: Đạt, 60 % "), "{text}");
    let markdown = card.to_markdown(Language::English);
    assert!(
        markdown
            .contains("| T1 | Share<br>each | Phòng B | 2025 | 40 % (4/10) | ≥ 50 % | 10 pp short<br>1 case short | Missed |"),
        "{markdown}"
    );
}

#[test]
fn conflicts_and_findings_stand_below() {
    let online = |row, id, at_least| TargetDraft { at_least: number(at_least), by: by("2025"), ..target(row, id, "share") };
    let targets = vec![
        TargetDraft { conflicts_with: vec!["b".to_owned()], ..online("T12", "a", "80") },
        online("A08", "b", "90"),
        TargetDraft { above: number("100"), by: by("2025"), ..target("T13", "c", "share") },
    ];
    let facts = vec![part("share", "2025", 12, 13), part("share", "2025-H1", 3, 6), part("share", "2025-H2", 8, 7 + 1)];
    let card = card(plan(vec![indicator("share", Kind::Share, "Tỷ lệ")], targets), facts, "2025-12-31");
    let text = card.to_text(Language::Vietnamese);
    let (_, below) = text.split_once("Mâu thuẫn và phát hiện").unwrap();
    assert!(below.contains("│ Mục tiêu mâu thuẫn ") && below.contains("mâu thuẫn với mục tiêu A08 b"), "{below}");
    assert!(below.contains("│ T13 c so 2025 "), "{below}");
    assert!(below.contains("không giá trị nào có thể đạt ngưỡng > 100;"), "{below}");
    assert!(below.contains("12/13") && below.contains("11/14"), "{below}");
    assert!(card.to_markdown(Language::English).contains("no value there can be meets &gt; 100; natural bounds 0 – 100"));
}

#[test]
fn markdown_shows_texts_as_they_are() {
    let mut wild = target("T|1", "t", "share");
    wild.at_least = number("50");
    wild.by = by("2025");
    wild.citation = cited("II", 1, "a | b `code` <b>*x*</b> &lt; R&D\n\\# $1");
    let draft = plan(vec![indicator("share", Kind::Share, "[Tên](x) _n_")], vec![wild]);
    let text = card(draft, Vec::new(), "2025-06-30").to_markdown(Language::Vietnamese);
    let clause = "“a \\| b \\`code\\` &lt;b&gt;\\*x\\*&lt;/b&gt; &amp;lt; R&D<br>\\\\\\# \\$1”";
    assert!(text.contains(clause), "{text}");
    assert!(text.contains("| T\\|1 | \\[Tên\\](x) \\_n\\_<br>t | 2025 |"), "{text}");
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn tables_hold_whatever_the_plan_says(name in any::<String>(), clause in any::<String>(), key in any::<String>()) {
        let mut any = target("T", "t", "share");
        any.row = Some(key);
        any.at_least = number("50");
        any.by = by("2025");
        any.citation = cited("II", 1, &clause);
        let draft = plan(vec![indicator("share", Kind::Share, &name)], vec![any]);
        let Ok(plan) = draft.validate() else { return Ok(()) };
        let facts = Facts::new(&plan, [part("share", "2025-Q1", 1, 3)]).unwrap();
        let card = assess(&plan, &facts, parse_day("2025-06-30").unwrap());
        let text = card.to_text(Language::Vietnamese);
        prop_assert!(text.lines().all(|line| line.width() <= 110));
        let (_, table) = text.split_once("Mục II\n").unwrap();
        prop_assert!(table.lines().all(|line| line.width() == 110), "{}", table);
        for line in card.to_markdown(Language::English).lines().filter(|line| line.starts_with("| ") && line.contains("2025")) {
            let plain = line.replace("\\\\", "");
            prop_assert!(plain.matches("\\|").count() < plain.matches('|').count());
        }
        prop_assert_eq!(text, card.to_text(Language::Vietnamese));
    }
}
