// Text → the language it is written in: Vietnamese or English.

import { wordsOf } from './phrases';

/** Letters that Vietnamese has and English has not. */
const VIETNAMESE = /[ăâđêôơưàảãáạằẳẵắặầẩẫấậèẻẽéẹềểễếệìỉĩíịòỏõóọồổỗốộờởỡớợùủũúụừửữứựỳỷỹýỵ]/;
/** Frequent Vietnamese words as people type them without marks. */
const UNMARKED = new Set(
  'va cac cua cho voi tim hieu thuc hanh cau hinh trien khai tao hoc nghien cuu tuan ngay dich vu'.split(' '),
);

/** At least this share of the words is marked in any Vietnamese text, however many English terms it has. */
const SHARE = 0.15;
/** Fewer words than this prove nothing. */
const ENOUGH = 8;

/** So many characters are enough to tell. */
export const LANGUAGE_SAMPLE = 3000;

/** The language of the first of the texts that is long enough to tell; null if none is. A text is asked for only then. */
export function languageOf(...texts: readonly (() => string)[]): 'en' | 'vi' | null {
  for (const text of texts) {
    const words = wordsOf(text().slice(0, LANGUAGE_SAMPLE)).filter((word) => /\p{L}{2}/u.test(word.text));
    if (words.length < ENOUGH) continue;
    const vietnamese = words.filter((word) => VIETNAMESE.test(word.text) || UNMARKED.has(word.text)).length;
    return vietnamese / words.length >= SHARE ? 'vi' : 'en';
  }
  return null;
}
