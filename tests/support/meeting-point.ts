/** Lets several go on only when all have arrived. */
export function makeMeetingPoint(count: number): () => Promise<void> {
  let missing = count
  let open = () => {}
  const gate = new Promise<void>((resolve) => {
    open = resolve
  })
  return () => {
    missing -= 1
    if (missing === 0) open()
    return gate
  }
}
