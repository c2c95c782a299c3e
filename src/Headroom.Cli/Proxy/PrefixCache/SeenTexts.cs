namespace Headroom.Cli.Proxy.PrefixCache;

/// <summary>Remembers by their hashes which texts were looked through, and keeps some of them, so that requests share one copy. Bounded; not thread-safe.</summary>
internal sealed class SeenTexts
{
    /// <summary>Hashes that are remembered, at some 20 bytes each.</summary>
    public const int MaxCount = 16 * 1024;

    /// <summary>Characters that are kept, 16 MB: the declarations of a hundred agents. Where every request brings new ones, keeping them serves nobody.</summary>
    public const long MaxCharacters = 8L * 1024 * 1024;

    private readonly Dictionary<ulong, string?> _texts = [];

    /// <summary>Characters that are kept.</summary>
    public long Characters { get; private set; }

    /// <summary>A kept text; <see langword="null"/> for none.</summary>
    public string? Find(ulong hash) => _texts.GetValueOrDefault(hash);

    /// <summary>Remembers a text. At either bound all are forgotten, and looked through anew.</summary>
    /// <param name="hash">Its hash.</param>
    /// <param name="kept">The text, where it is to be kept.</param>
    /// <returns>Whether it was not remembered yet.</returns>
    public bool Add(ulong hash, string? kept)
    {
        if (_texts.ContainsKey(hash)) return false;
        int length = kept?.Length ?? 0;
        if (_texts.Count >= MaxCount || Characters + length > MaxCharacters)
        {
            _texts.Clear();
            Characters = 0;
        }

        _texts.Add(hash, kept);
        Characters += length;
        return true;
    }
}
