/** What others wrote into the same field, to choose from while typing. */
export function KnownWords({ id, words }: { id: string; words: Record<string, string> }) {
  return (
    <datalist id={id}>
      {Object.entries(words).map(([word, shown]) => (
        <option key={word} value={word} label={shown} />
      ))}
    </datalist>
  )
}
