using Headroom.Storage;
using Headroom.Storage.Sqlite;

namespace Headroom.Cli.Storage;

/// <summary>A store that is opened when something is first cut: most runs cut nothing, and then pay nothing. Where it cannot be opened nothing is cut, and that is said once.</summary>
/// <remarks>Thread-safe.</remarks>
internal sealed class DeferredOriginalStore(string file, TextWriter talk) : IOriginalStore, IDisposable
{
    private readonly Lock _lock = new();
    private SqliteOriginalStore? _store;
    private bool _isOpened;

    public async ValueTask<bool> PutAsync(OriginalKey key, string original, CancellationToken cancellationToken = default) =>
        Open() is { } store && await store.PutAsync(key, original, cancellationToken).ConfigureAwait(false);

    public async ValueTask<OriginalLookup> GetAsync(OriginalKey key, CancellationToken cancellationToken = default) =>
        Open() is { } store ? await store.GetAsync(key, cancellationToken).ConfigureAwait(false) : OriginalLookup.Unavailable;

    public async ValueTask<IReadOnlyList<OriginalKey>> KeepAsync(IReadOnlyList<OriginalKey> keys, CancellationToken cancellationToken = default) =>
        Open() is { } store ? await store.KeepAsync(keys, cancellationToken).ConfigureAwait(false) : [];

    public void Dispose() => _store?.Dispose();

    private SqliteOriginalStore? Open()
    {
        lock (_lock)
        {
            if (_isOpened) return _store;
            _isOpened = true;
            try
            {
                _store = StoreFile.Open(file);
            }
            catch (CliException e)
            {
                talk.WriteLine($"headroom: originals cannot be kept, so nothing is cut. {e.Message}");
            }

            return _store;
        }
    }
}
