//! What a reader is told of the way to a target, of where it will end, and of how sure a survey is.
#![cfg(all(feature = "toml", feature = "csv"))]

use attain::{Facts, Language, Plan, assess};

use crate::support::day;

const PLAN: &str = r#"
format = "attain-plan/1"
plan = { id = "p", owner = "so", start = 2021-12-31 }
[[indicators]]
id = "level"
kind = "stock"
unit = "points"
[[indicators]]
id = "share"
kind = "share"
[[indicators]]
id = "answers"
kind = "survey"
[[targets]]
id = "band"
indicator = "level"
at_least = 100
by = 2025-12-31
over = "window"
baseline = { value = 0, on = 2021-12-31 }
points = [{ on = 2023-12-31, value = 50 }]
[[targets]]
id = "held"
indicator = "level"
at_least = 47.5
by = 2025-12-31
over = "window"
baseline = { value = 50, on = 2021-12-31 }
[[targets]]
id = "near"
indicator = "share"
at_least = 50
by = 2025-12-31
over = "window"
baseline = { value = 20, on = 2021-12-31 }
[[targets]]
id = "asked"
indicator = "answers"
at_least = 80
by = "2023"
baseline = "2022"
"#;

const FACTS: &str = "\
indicator,period,value,part,whole,positive,valid
level,2021-12-31,10,,,,
level,2022-12-31,20,,,,
level,2023-06-30,40,,,,
level,2023-12-31,47.48,,,,
share,2025-06-30,,462217,1000000,,
answers,2022,,,,48,80
answers,2023,,,,85,100
";

/// What is written of one target, on one line.
fn written(target: &str, as_of: &str, language: Language) -> String {
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let text = assess(&plan, &facts, day(as_of)).to_markdown(language);
    let row = |line: &&str| line.starts_with('|') && line.contains(&format!("| {target} |"));
    text.lines().find(row).unwrap_or_else(|| panic!("{text}")).to_owned()
}

#[track_caller]
fn says(target: &str, as_of: &str, english: &[&str], vietnamese: &[&str]) {
    for (language, sentences) in [(Language::English, english), (Language::Vietnamese, vietnamese)] {
        let text = written(target, as_of, language);
        for sentence in sentences {
            assert!(text.contains(sentence), "{sentence}\nis not in\n{text}");
        }
    }
}

/// 47.48 of the 50 points that the path asks for are a pace of 0.9496: rounded to 0.95 it would be on track.
#[test]
fn a_pace_is_shown_on_its_side_of_the_band() {
    says(
        "band",
        "2024-01-31",
        &["| At risk |", "50 points had to be reached by 2023-12-31; 37 days behind; pace 0.9496 (bands 0.95 and 0.6)"],
        &["| Có nguy cơ |", "đến 31/12/2023 phải đạt 50 điểm; đang chậm 37 ngày; tiến độ 0,9496 (mốc 0,95 và 0,6)"],
    );
}

/// 47.48 points in two years of 365 days are 23.76 in 365.2425 days; the 52.52 to go in 731 days are 26.24.
#[test]
fn the_rates_say_rise_and_fall() {
    says(
        "band",
        "2024-01-31",
        &["Has risen by 23.76 points a year; has to rise by 26.24 points a year from now on"],
        &["Đã tăng 23,76 điểm mỗi năm; từ nay cần tăng 26,24 điểm mỗi năm"],
    );
    says(
        "held",
        "2024-01-31",
        &[
            "The baseline meets the target already: ≥ 47.5 points has to hold throughout",
            "Has fallen by 1.26 points a year",
            "| Off track |",
        ],
        &[
            "Số liệu gốc đã đạt mục tiêu: phải giữ ≥ 47,5 điểm trong suốt thời gian",
            "Đã giảm 1,26 điểm mỗi năm",
            "| Chậm tiến độ |",
        ],
    );
}

/// A state of days without a name is compared by the day it stood at: 47.48 after 20 a year before.
#[test]
fn a_change_says_since_when() {
    says(
        "band",
        "2024-01-31",
        &["Since 2022-12-31: +27.48 points (+137.4 %)"],
        &["So với cùng kỳ năm trước (31/12/2022): +27,48 điểm (+137,4 %)"],
    );
}

/// 46.2217 % is a little less than the 46.2217659… % that the path asks for; both would be 46.22 %.
#[test]
fn what_is_expected_and_what_is_there_are_never_shown_alike_where_they_differ() {
    let text = written("near", "2025-07-01", Language::English);
    assert!(text.contains("46.2217 % (462,217/1,000,000)") && text.contains("On the path, 46.222 % had to be reached"), "{text}");
    // A pace that rounds to 1 is not 1.
    assert!(text.contains("1 day behind; pace 0.999997 ("), "{text}");
}

/// A path that goes from 60 back to 30 was at 47.48 long before; who is ahead of it today is not called behind.
#[test]
fn nobody_is_called_behind_a_path_that_he_is_ahead_of() {
    let points = "points = [{ on = 2022-12-31, value = 60 }, { on = 2023-12-31, value = 30 }]";
    let plan = Plan::from_toml(PLAN.replace("points = [{ on = 2023-12-31, value = 50 }]", points)).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let text = assess(&plan, &facts, day("2024-01-31")).to_markdown(Language::English);
    let row = text.lines().find(|line| line.contains("| band |")).unwrap();
    assert!(row.contains("30 points had to be reached by 2023-12-31; pace ") && row.contains("| On track |"), "{row}");
}

#[test]
fn a_forecast_names_its_method_and_decides_nothing() {
    says(
        "band",
        "2024-01-31",
        &[
            "Carried on as so far (least squares, 4 figures): 85.7 points on 2025-12-31; 95 % interval ",
            "meets the target only on 2026-09-24",
            "too few figures to tell a trend",
        ],
        &[
            "Nếu tiếp tục như đến nay (bình phương nhỏ nhất, 4 số liệu): 85,7 điểm vào 31/12/2025; khoảng dự báo 95 %: ",
            "đến 24/09/2026 mới đạt mục tiêu",
            "quá ít số liệu để nhận ra xu hướng",
        ],
    );
    let plan = Plan::from_toml(PLAN).unwrap();
    let facts = Facts::from_csv(&plan, FACTS).unwrap();
    let page = |as_of| assess(&plan, &facts, day(as_of)).to_text(Language::English);
    assert_eq!(page("2024-01-31").matches("Forecasts decide no status.").count(), 1);
    assert_eq!(page("2026-01-31").matches("Forecasts decide no status.").count(), 0, "nothing is forecast any more");
}

/// Wilson's interval of 85 of 100 is 76.72 to 90.69 %, and 246 answers are enough (see `survey.rs`).
#[test]
fn a_survey_says_how_sure_it_is() {
    says(
        "asked",
        "2024-01-31",
        &[
            "95 % interval (Wilson): 76.72 – 90.69 %; not certain, 246 valid answers would settle it",
            "Since the baseline's survey: +25 pp (interval ",
            "beyond the sampling error",
            "| Met |",
        ],
        &[
            "Khoảng tin cậy 95 % (Wilson): 76,72 – 90,69 %; chưa chắc chắn, cần 246 phiếu hợp lệ",
            "So với khảo sát gốc: +25 điểm % (khoảng tin cậy: ",
            "vượt quá sai số mẫu",
            "| Đạt |",
        ],
    );
}

/// The text of a plan of one indicator and one target, in both languages.
fn pages(plan: &str, facts: &str, as_of: &str) -> [String; 2] {
    let plan = Plan::from_toml(format!(
        "format = \"attain-plan/1\"\nplan = {{ id = \"p\", owner = \"so\", start = 2016-01-01 }}\n{plan}"
    ))
    .unwrap_or_else(|faults| panic!("{faults}"));
    let facts = Facts::from_csv(&plan, facts).unwrap_or_else(|faults| panic!("{faults}"));
    let card = assess(&plan, &facts, day(as_of));
    [Language::English, Language::Vietnamese].map(|language| card.to_markdown(language))
}

#[test]
fn a_weighted_survey_says_why_it_has_no_interval() {
    let plan = "[[units]]\nid = \"so\"\n[[units]]\nid = \"a\"\nparent = \"so\"\n[[units]]\nid = \"b\"\nparent = \"so\"\n\
        [[indicators]]\nid = \"x\"\nkind = \"survey\"\n[[targets]]\nid = \"t\"\nindicator = \"x\"\nat_least = 80\nby = \"2023\"\n";
    let of = |people: [&str; 2]| {
        let [a, b] = people;
        let facts = format!("indicator,unit,period,positive,valid,population\nx,a,2023,40,50,{a}\nx,b,2023,45,50,{b}\n");
        pages(plan, &facts, "2024-01-31")
    };
    let [english, vietnamese] = of(["1000", "3000"]);
    assert!(english.contains("No interval: the share is weighted by the populations of the units"), "{english}");
    let why = "Không có khoảng tin cậy: tỷ lệ chung được tính có quyền số theo tổng thể của từng đơn vị";
    assert!(vietnamese.contains(why), "{vietnamese}");
    // Without populations it is a plain share of all answers, with its interval.
    let [english, _] = of(["", ""]);
    assert!(english.contains("95 % interval (Wilson)") && !english.contains("No interval"), "{english}");
}

/// Least squares leads to 4.06, from 2.82 to 5.3; 3 are there already.
#[test]
fn a_forecast_says_what_is_reported_already() {
    let plan = "[[indicators]]\nid = \"x\"\nkind = \"flow\"\nunit = \"documents\"\n\
        [[targets]]\nid = \"t\"\nindicator = \"x\"\nat_least = 4\nby = \"2023\"\n";
    let years = "x,2016,1\nx,2017,1\nx,2018,2\nx,2019,2\nx,2020,3\nx,2021,3\n";
    let of =
        |first_quarter: &str| pages(plan, &format!("indicator,period,value\n{years}x,2023-Q1,{first_quarter}\n"), "2023-04-30");
    let [english, vietnamese] = of("3");
    assert!(english.contains("95 % interval 3 – 5.3 documents; not below the 3 documents reported already"), "{english}");
    assert!(vietnamese.contains("khoảng dự báo 95 %: 3 – 5,3 văn bản; không thấp hơn mức đã báo cáo 3 văn bản"), "{vietnamese}");
    let [english, vietnamese] = of("1");
    assert!(!english.contains("reported already") && !vietnamese.contains("mức đã báo cáo"), "{english}");
}
