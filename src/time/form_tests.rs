use serde::de::IntoDeserializer;
use serde::de::value::{Error as ValueError, MapDeserializer, StrDeserializer};

use super::*;

fn text(name: &str) -> Result<Calendar, String> {
    let deserializer: StrDeserializer<'_, ValueError> = name.into_deserializer();
    Calendar::deserialize(deserializer).map_err(|error| error.to_string())
}

fn map<'de, V: IntoDeserializer<'de, ValueError>>(entries: Vec<(&'de str, V)>) -> Result<Calendar, String> {
    Calendar::deserialize(MapDeserializer::new(entries.into_iter())).map_err(|error| error.to_string())
}

fn fiscal(first_month: u32, named_for: NamedFor) -> Calendar {
    Calendar::Fiscal(FiscalYear::new(first_month, named_for).unwrap())
}

#[test]
fn a_month_arrives_as_digits_or_as_a_number() {
    let april = Ok(fiscal(4, NamedFor::Start));
    assert_eq!(map(vec![("fiscal", "4")]), april);
    assert_eq!(map(vec![("fiscal", 4_u64)]), april);
    assert_eq!(map(vec![("fiscal", 4_i64)]), april);
    assert_eq!(map(vec![("named_for", "end"), ("fiscal", "10")]), Ok(fiscal(10, NamedFor::End)));
    assert_eq!(map(vec![("named_for", "start"), ("fiscal", "10")]), Ok(fiscal(10, NamedFor::Start)));
    for month in 1..=12 {
        assert_eq!(map(vec![("fiscal", month)]), Ok(fiscal(month, NamedFor::Start)));
    }
}

#[test]
fn faults_say_what_was_expected() {
    let calendar = "expected \"gregorian\", \"nd09_2019\" or { fiscal = 4, named_for = \"start\" }";
    let month = "expected the first month of the fiscal year, 1 to 12";
    assert_eq!(text("lunar"), Err(format!("unknown calendar \"lunar\"; {calendar}")));
    assert_eq!(text("Gregorian"), Err(format!("unknown calendar \"Gregorian\"; {calendar}")));
    for wrong in ["0", "13", "+4", "-4", "4.0", "", " 4", "4294967300", "99999999999999999999", "April"] {
        assert_eq!(map(vec![("fiscal", wrong)]), Err(format!("{wrong}; {month}")));
    }
    assert_eq!(map(vec![("fiscal", -4_i64)]), Err(format!("-4; {month}")));
    assert_eq!(map(vec![("fiscal", u64::MAX)]), Err(format!("18446744073709551615; {month}")));
    assert_eq!(map(vec![("fiscal", true)]), Err(format!("true; {month}")));
    assert_eq!(map(vec![("fiscal", ())]), Err(format!("nothing; {month}")));
    assert_eq!(map(vec![("fiscal", vec![4])]), Err(format!("a list; {month}")));
    assert_eq!(map::<&str>(vec![]), Err(format!("field \"fiscal\" is missing; {month}")));
    assert_eq!(map(vec![("named_for", "end")]), Err(format!("field \"fiscal\" is missing; {month}")));
    assert_eq!(map(vec![("fiscal", "4"), ("named_for", "middle")]), Err("\"middle\"; expected \"start\" or \"end\"".to_owned()));
    assert_eq!(
        map(vec![("fiscal", "4"), ("month", "4")]),
        Err("unknown field \"month\"; expected fiscal or named_for".to_owned())
    );
    assert_eq!(map(vec![("fiscal", "4"), ("fiscal", "4")]), Err("field \"fiscal\" is given twice; expected it once".to_owned()));
}

#[cfg(feature = "json")]
#[test]
fn what_is_written_is_read_back() {
    let rows = [
        (Calendar::Gregorian, r#""gregorian""#),
        (Calendar::Nd09_2019, r#""nd09_2019""#),
        (fiscal(4, NamedFor::Start), r#"{"fiscal":4}"#),
        (fiscal(10, NamedFor::End), r#"{"fiscal":10,"named_for":"end"}"#),
        (fiscal(1, NamedFor::End), r#"{"fiscal":1,"named_for":"end"}"#),
    ];
    for (calendar, json) in rows {
        assert_eq!(serde_json::to_string(&calendar).unwrap(), json);
        assert_eq!(serde_json::from_str::<Calendar>(json).unwrap(), calendar);
    }
    for json in ["4", "-4", "true", "null", "[]"] {
        let error = serde_json::from_str::<Calendar>(json).unwrap_err().to_string();
        assert!(error.contains("; expected \"gregorian\", "), "{error}");
    }
}

#[cfg(feature = "toml")]
#[test]
fn a_calendar_stands_in_toml() {
    #[derive(serde::Deserialize, serde::Serialize, Debug, PartialEq)]
    struct Table {
        calendar: Calendar,
    }
    let rows = [
        ("calendar = \"nd09_2019\"", Calendar::Nd09_2019),
        ("calendar = { fiscal = 4 }", fiscal(4, NamedFor::Start)),
        ("[calendar]\nfiscal = 10\nnamed_for = \"end\"", fiscal(10, NamedFor::End)),
    ];
    for (text, calendar) in rows {
        let table: Table = toml::from_str(text).unwrap();
        assert_eq!(table, Table { calendar });
        assert_eq!(toml::from_str::<Table>(&toml::to_string(&table).unwrap()).unwrap(), table);
    }
}

#[cfg(feature = "schema")]
#[test]
fn the_schema_has_the_three_forms() {
    let schema = serde_json::to_value(schemars::schema_for!(Calendar)).unwrap();
    assert_eq!(schema["oneOf"][0]["const"], "gregorian");
    assert_eq!(schema["oneOf"][1]["const"], "nd09_2019");
    assert_eq!(schema["oneOf"][2]["required"], serde_json::json!(["fiscal"]));
    assert_eq!(schema["oneOf"][2]["properties"]["named_for"]["enum"], serde_json::json!(["start", "end"]));
}
