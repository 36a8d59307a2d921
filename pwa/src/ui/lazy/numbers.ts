const DIGITS = "零一二三四五六七八九"

/** 四十七: for who can read and means it. */
export const inWords = (number: number): string => `${DIGITS[Math.floor(number / 10)]}十${DIGITS[number % 10]}`
