/* Damm's check digit, as in core/codes.py: 0 at the end says that no digit slipped. */

const TABLE = [
  "0317598642",
  "7092154863",
  "4206871359",
  "1750983426",
  "6123045978",
  "3674209581",
  "5869720134",
  "8945362017",
  "9438617205",
  "2581436790",
];

export function isWhole(digits) {
  let interim = 0;
  for (const digit of digits) interim = Number(TABLE[interim][Number(digit)]);
  return interim === 0;
}
