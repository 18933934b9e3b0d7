use super::*;
use crate::columns::{Codes, Days, Figures, Rule};
use crate::plan::{Kind, Requirement};

/// Known moments and those of all parts take no more than a tenth of what the figures take, however many are asked for.
#[test]
fn moments_take_a_tenth_of_the_figures_at_most() {
    let figures = vec![0; 2_000_000];
    let days = Days::Shared(&[0, 1]);
    let series = Series::quotients(Codes::One(0), days, Figures::whole(&figures), Figures::whole(&figures));
    let rule = Rule::new(Kind::Share, Requirement::AtLeast(50.into())).with_baseline(20.into());
    let courses = [Course::new(rule, 0, 100_000)];
    let wanted = Wanted { status: true, outputs: Vec::new(), places: 0 };
    let room = room_beside(&series);
    assert!(room > LEAST_ROOM);
    let mut known = Known::new(&courses, &[Ratio::ONE], &wanted, room);
    (0..10_000).for_each(|on| known.find(0, on));
    assert!(known.is_full());
    let bytes = |found: &Found| {
        let slots = found.places.capacity() / 7 * 8;
        found.moments.capacity() * size_of::<Option<Moment>>() + slots * (size_of::<((u32, i32), usize)>() + 1)
    };
    let threads = 3;
    let mut most = 0;
    let mut moments = Moments::new(&known, threads);
    for on in 0..20_000 {
        assert!(moments.of(0, on).is_some());
        most = most.max(bytes(&moments.own));
    }
    assert!(most > 0);
    assert!(bytes(&known.found) + threads * most <= 2 * figures.len() * size_of::<i64>() / 10);
}
