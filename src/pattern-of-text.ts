/** Text as a regular expression that matches it and nothing else. */
export function patternOfText(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`)
}
