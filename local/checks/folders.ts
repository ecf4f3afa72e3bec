import { posix } from 'node:path'

type Module = { source: string; dependencies: { resolved: string }[] }

export const foldersLookOneWay = {
  name: 'folders-look-one-way',
  comment: 'Two folders of components/ that need each other are one folder, or miss a third.',
}

/** The folders each folder imports; a nested folder counts separately from its parent. */
function mapFolders(modules: Module[]): Map<string, Set<string>> {
  const folders = new Map<string, Set<string>>()
  for (const { source, dependencies } of modules) {
    if (!source.startsWith('components/')) continue
    const from = posix.dirname(source)
    const to = folders.get(from) ?? new Set<string>()
    folders.set(from, to)
    for (const { resolved } of dependencies)
      if (resolved.startsWith('components/')) to.add(posix.dirname(resolved))
    to.delete(from)
  }
  return folders
}

function listReachable({ folders, from }: { folders: Map<string, Set<string>>; from: string }) {
  const reachable = new Set([from])
  // Iterating a set also visits what is added meanwhile.
  for (const folder of reachable) for (const to of folders.get(folder) ?? []) reachable.add(to)
  return reachable
}

/**
 * Each import between folders of components/ that closes a cycle of any length.
 * dependency-cruiser's own folder rule misses a folder and one inside it.
 */
export function findFolderCycles(modules: Module[]): { from: string; to: string; rule: string }[] {
  const folders = mapFolders(modules)
  return [...folders].flatMap(([from, targets]) =>
    [...targets]
      .filter((to) => listReachable({ folders, from: to }).has(from))
      .map((to) => ({ from, to, rule: foldersLookOneWay.name })),
  )
}
