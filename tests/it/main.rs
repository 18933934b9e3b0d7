//! Public behaviour, a module per concept.

mod phu_tho;
