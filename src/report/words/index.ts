import { en } from "./en";
import type { Words } from "./types";
import { zhCn } from "./zh-cn";

export type { Words } from "./types";

/** The words of a locale ("en", "zh-cn", "zh-Hans-CN" …); English where there are no others. */
export function wordsOf(locale: string | undefined): Words {
  return /^zh\b/i.test(locale ?? "") ? zhCn : en;
}
