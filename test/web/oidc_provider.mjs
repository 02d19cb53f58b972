// An issuer of OpenID Connect for the tests: oidc_provider.mjs PORT CLIENT SECRET REDIRECT-URI. Whoever signs in as NAME is
// NAME, with the mail address NAME; any password will do.
import { Provider } from 'oidc-provider';

const [port, client_id, client_secret, redirect_uri] = process.argv.slice(2);
const issuer = `http://127.0.0.1:${port}`;
const provider = new Provider(issuer, {
  clients: [{ client_id, client_secret, redirect_uris: [redirect_uri] }],
  claims: { openid: ['sub'], email: ['email', 'email_verified'] },
  conformIdTokenClaims: false,
  pkce: { required: () => true },
  findAccount: (ctx, id) => ({
    accountId: id,
    claims: () => ({ sub: id, email: id, email_verified: !id.startsWith('unverified') }),
  }),
  cookies: { keys: ['a key for the tests'] },
});
provider.listen(Number(port), '127.0.0.1', () => console.log('ready'));
