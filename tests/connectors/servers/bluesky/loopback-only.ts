import dns from 'node:dns';
import net from 'node:net';

const HERE = new Set(['127.0.0.1', 'localhost', '::1']);

/** Must run before the server is loaded: from then on this process listens on 127.0.0.1 only and reaches nothing else. */
export function stayOnLoopback(): void {
  const { listen } = net.Server.prototype;
  net.Server.prototype.listen = function (this: net.Server, ...given: unknown[]) {
    const [first, ...rest] = given;
    const options =
      typeof first === 'object' && first !== null
        ? { ...first }
        : { port: Number(first), ...{ path: undefined } };
    const callback = rest.find((one) => typeof one === 'function');
    return Reflect.apply(listen, this, [{ ...options, host: '127.0.0.1' }, callback]);
  } as typeof listen;

  const { connect } = net.Socket.prototype;
  net.Socket.prototype.connect = function (this: net.Socket, ...given: unknown[]) {
    const first = Array.isArray(given[0]) ? given[0][0] : given[0];
    const { host, path } = (typeof first === 'object' && first !== null ? first : {}) as Record<
      string,
      unknown
    >;
    if (path === undefined && !HERE.has(String(host ?? 'localhost'))) {
      process.stderr.write(`kept from connecting to ${String(host)}\n`);
      process.nextTick(() => this.destroy(new Error('only 127.0.0.1 may be reached')));
      return this;
    }
    return Reflect.apply(connect, this, given);
  } as typeof connect;

  const notFound = () => Promise.reject(Object.assign(new Error('no names here'), { code: 'ENOTFOUND' }));
  dns.promises.resolveTxt = notFound;
  dns.promises.Resolver.prototype.resolveTxt = notFound;
}
