/** Suggests words that other restaurants use in the same field. */
export function KnownWords({ id, words }: { id: string; words: Record<string, string> }) {
  return (
    <datalist id={id}>
      {Object.entries(words).map(([word, shown]) => (
        <option key={word} value={word} label={shown} />
      ))}
    </datalist>
  )
}
