//! Logarithms and exponentials that give the same bits on every machine.
//!
//! Those of the standard library are the operating system's and differ in their last bits; `libm` is plain arithmetic, which
//! floats define exactly. Everything here is to go through this file: no `f64::ln`, `exp`, `powf`, `hypot` or `mul_add`.

/// ln(x), negative infinity at 0.
pub(super) fn ln(x: f64) -> f64 {
    libm::log(x)
}

/// ln(1 + x), with all digits for small x.
pub(super) fn ln_1p(x: f64) -> f64 {
    libm::log1p(x)
}

/// eˣ
pub(super) fn exp(x: f64) -> f64 {
    libm::exp(x)
}

/// eˣ − 1, with all digits for small x.
pub(super) fn exp_m1(x: f64) -> f64 {
    libm::expm1(x)
}

/// √(a² + b²) of sizes whose squares a float holds.
pub(super) fn root_of_squares(a: f64, b: f64) -> f64 {
    (a * a + b * b).sqrt()
}
