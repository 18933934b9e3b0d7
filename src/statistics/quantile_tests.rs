use super::*;

fn near(ours: f64, theirs: f64) -> bool {
    (ours - theirs).abs() <= 1e-12 * theirs.abs()
}

/// mpmath, 40 digits.
#[test]
fn normal_quantiles() {
    for (probability, z) in [
        (0.4, 0.253_347_103_135_799_7),
        (0.025, 1.959_963_984_540_054_3),
        (0.005, 2.575_829_303_548_901),
        (1e-5, 4.264_890_793_922_825),
        (1e-20, 9.262_340_089_798_407),
        (1e-100, 21.273_453_560_965_326),
        (1e-300, 37.047_096_299_361_2),
    ] {
        let ours = normal_exceeded_with(probability).unwrap();
        assert!(near(ours, z), "{probability}: {ours} {z}");
        assert!(near(normal_below(-z), probability), "{probability}: {}", normal_below(-z));
    }
    assert_eq!(normal_exceeded_with(0.5), Ok(0.0));
}

#[test]
fn student_tails() {
    for (t, df, upper) in [
        (1.0, 1.0, 0.25),
        (2.5, 2.0, 0.064_805_860_110_755_41),
        (3.2, 10.0, 0.004_745_847_897_651_924),
        (0.001, 7.0, 0.499_615_008_622_499_4),
        (8.0, 30.0, 3.132_911_237_850_379_5e-9),
        (1.96, 1000.0, 0.025_136_592_477_874_357),
        (40.0, 5.0, 9.205_981_085_886_477e-8),
    ] {
        let ours = student_below(-t, df).unwrap();
        assert!(near(ours, upper), "{t} {df}: {ours} {upper}");
        assert!(near(student_below(t, df).unwrap(), 1.0 - upper));
        assert!(near(student_exceeded_with(upper, df).unwrap(), t) || t < 0.1, "{t} {df}");
    }
    assert_eq!(student_below(0.0, 3.0), Ok(0.5));
    assert_eq!(student_below(f64::INFINITY, 3.0), Ok(1.0));
    assert!(near(student_below(-1e100, 1.0).unwrap(), 1e-100 / PI));
}

#[test]
fn student_quantiles() {
    for (probability, df, t) in [
        (0.025, 1.0, 12.706_204_736_174_705),
        (0.025, 2.0, 4.302_652_729_749_464),
        (0.025, 3.0, 3.182_446_305_283_709_5),
        (0.005, 10.0, 3.169_272_672_616_951_3),
        (0.4, 4.0, 0.270_722_294_707_597_34),
        (1e-6, 5.0, 24.771_029_720_515_944),
    ] {
        let ours = student_exceeded_with(probability, df).unwrap();
        assert!(near(ours, t), "{probability} {df}: {ours} {t}");
        assert!(near(student_exceeded_with(1.0 - probability, df).unwrap(), -t) || probability < 0.01);
    }
    assert_eq!(student_exceeded_with(0.5, 3.0), Ok(0.0));
    // Many degrees of freedom are nearly the normal distribution: t ≈ z + (z³ + z)/(4·df).
    let (z, df) = (1.959_963_984_540_054_3f64, 1e9);
    assert!(near(student_exceeded_with(0.025, df).unwrap(), z + (z.powi(3) + z) / (4.0 * df)));
}

#[test]
fn what_is_no_probability_is_refused() {
    for p in [0.0, 1.0, -1.0, f64::NAN, f64::INFINITY] {
        assert_eq!(normal_exceeded_with(p), Err(Unsuitable::OutOfRange));
        assert_eq!(student_exceeded_with(p, 3.0), Err(Unsuitable::OutOfRange));
        assert_eq!(tail_of(p), Err(Unsuitable::OutOfRange));
    }
    assert_eq!(student_exceeded_with(0.1, 0.0), Err(Unsuitable::OutOfRange));
}
