//! Words behind which newspapers put a space within one text: `记者 王丽`, `新华社北京6月1日电 这两天`. On a grid of
//! characters it parts no columns.

/// What a name stands behind.
pub const CALLS: &[&str] = &["记者", "記者", "通讯员", "通訊員", "编辑", "編輯"];

/// What ends the place and the day of a wire.
pub const WIRES: &[&str] = &["日电", "日電", "日讯", "日訊"];
