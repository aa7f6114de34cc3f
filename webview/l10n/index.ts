import { en } from "./en";
import { zhCn } from "./zh-cn";

/** Every text of the panel; a missing key does not compile. */
export type Words = typeof en;

/** The texts for an editor's language ("en", "zh-cn", "de" …); English where there are none. */
export function wordsFor(locale: string): Words {
  return locale.toLowerCase().startsWith("zh") ? zhCn : en;
}
