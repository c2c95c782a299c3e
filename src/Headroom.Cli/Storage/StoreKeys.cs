using Headroom.Storage;

namespace Headroom.Cli.Storage;

/// <summary>Keys to encrypt originals with, from <c>HEADROOM_STORE_KEYS</c>: <c>ID:BASE64</c>, several with commas, the newest first.</summary>
internal static class StoreKeys
{
    public const string Variable = "HEADROOM_STORE_KEYS";

    /// <returns><see langword="null"/> where the variable is not set: originals are in the clear.</returns>
    /// <exception cref="CliException">It is set to something else. The message does not show it.</exception>
    public static OriginalEncryption? FromEnvironment()
    {
        if (Environment.GetEnvironmentVariable(Variable) is not { Length: > 0 } text) return null;
        OriginalEncryption? keys = null;
        try
        {
            foreach (string entry in text.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
            {
                int colon = entry.IndexOf(':', StringComparison.Ordinal);
                if (colon < 0) throw new FormatException();
                byte[] key = Convert.FromBase64String(entry[(colon + 1)..]);
                keys = keys is null ? new OriginalEncryption(entry[..colon], key) : keys.WithOlder(entry[..colon], key);
            }
        }
        catch (Exception e) when (e is FormatException or ArgumentException)
        {
            throw new CliException($"{Variable} is not understood. It is ID:KEY, several with commas, the newest first; a KEY is {OriginalEncryption.KeyBytes} bytes in base64.", ExitCodes.Usage);
        }

        return keys;
    }
}
