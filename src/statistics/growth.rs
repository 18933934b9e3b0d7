//! tmp
use crate::number::Ratio;
pub(crate) fn grown(_from: &Ratio, _to: &Ratio, _share: &Ratio) -> Option<Ratio> {
    None
}
pub(crate) fn grown_share(_from: &Ratio, _to: &Ratio, _value: &Ratio) -> Option<Ratio> {
    None
}
