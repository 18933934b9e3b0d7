use super::Outcome;
use super::outcome::outcome;
use crate::assess::{Group, Status};
use crate::plan::Severity;

const SEVERITIES: [Severity; 3] = [Severity::Advisory, Severity::Required, Severity::Strict];

/// Row by row of the table: each status under each severity, with its report in time and overdue, and with and without a
/// later report that is late.
#[test]
fn every_status_has_its_outcome() {
    use Outcome::{Error, Failed, Passed, Skipped, Warned};
    let none_overdue = |status| outcome(status, false, false, Severity::Required);
    for status in Status::ALL {
        let [advisory, required, strict] = SEVERITIES.map(|severity| outcome(*status, false, false, severity));
        let expected = match status.code() {
            "met" | "secured" | "met_so_far" | "on_track" => [Passed, Passed, Passed],
            "at_risk" => [Warned, Warned, Failed],
            "off_track" | "lost" | "missed" => [Warned, Failed, Failed],
            "no_data" => [Error, Error, Error],
            "awaiting_data" | "in_progress" | "not_started" | "not_applicable" => [Skipped, Skipped, Skipped],
            other => unreachable!("{other}"),
        };
        assert_eq!([advisory, required, strict], expected, "{status:?}");
    }
    for severity in SEVERITIES {
        assert_eq!(outcome(Status::AwaitingData, true, false, severity), Error);
        assert_eq!(outcome(Status::NoData, true, true, severity), Error);
    }
    assert_eq!(none_overdue(Status::AwaitingData), Skipped);
}

#[test]
fn a_late_report_makes_a_good_status_a_warning_and_no_other() {
    for status in Status::ALL {
        for severity in SEVERITIES {
            let (in_time, late) = (outcome(*status, false, false, severity), outcome(*status, false, true, severity));
            if status.group() == Group::Good {
                assert_eq!(in_time, Outcome::Passed);
                assert_eq!(late, if severity == Severity::Strict { Outcome::Failed } else { Outcome::Warned });
            } else {
                assert_eq!(in_time, late, "{status:?}");
            }
        }
    }
}
