const HOSTS: Readonly<Record<string, string>> = {
  'github.com': '/commit/',
  'gitlab.com': '/-/commit/',
  'codeberg.org': '/commit/',
  'bitbucket.org': '/commits/',
};

/** Where a commit is shown, if its repository says its host: `https://github.com/acme/shop`, `git@github.com:acme/shop.git`; else empty. */
export function commitLink(repository: string, id: string): string {
  const found = /^(?:https?:\/\/|ssh:\/\/)?(?:[\w.-]+@)?([a-z0-9.-]+)[/:]([\w.-]+(?:\/[\w.-]+)+)$/i.exec(repository.replace(/(?:\.git)?\/?$/, ''));
  const host = found?.[1].toLowerCase() ?? '';
  if (!found || !Object.hasOwn(HOSTS, host) || !/^[0-9a-f]{7,64}$/i.test(id)) return '';
  return `https://${host}/${found[2]}${HOSTS[host]}${id}`;
}
