// Looking for a place in a row that is in order.

// The last index below a number for which something holds that holds for all before it; -1 where it never does.
export function last(number, holds) {
  let low = -1;
  let high = number - 1;
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (holds(middle)) low = middle; else high = middle - 1;
  }
  return low;
}
