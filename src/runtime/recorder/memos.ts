/** Where an access is that repeats itself, without a look into the table: what a loop over one variable does mostly. */
export class Memo {
  site = -1;
  /** The filter's, when this was right. */
  stamp = -1;
  entry = 0;
  /** Left out since it was spilled into the table, the latest in `order` and with `value`. */
  count = 0;
  order = 0;
  value = 0.5;
}

/** Of a place in the program that reads and writes an element (`a[i]++`): the element that it updated last. */
export class UpdateMemo {
  address = -1;
  /** As in Memo. */
  stamp = -1;
  count = 0;
  /** Of the write: the read was just before. */
  order = 0;
  before = 0.5;
  after = 0.5;
  readEntry = 0;
  writeEntry = 0;
}
