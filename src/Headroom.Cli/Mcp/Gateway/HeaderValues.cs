using System.Text;

namespace Headroom.Cli.Mcp.Gateway;

/// <summary>Reads headers as the command line gives them: <c>Name: value</c>, with <c>${NAME}</c> for what is not to stand on a command line.</summary>
internal static class HeaderValues
{
    /// <exception cref="CliException">One is not understood, or names a variable that is not set. The message does not show its value.</exception>
    public static IReadOnlyDictionary<string, string> Of(IEnumerable<string> given)
    {
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string header in given)
        {
            int colon = header.IndexOf(':', StringComparison.Ordinal);
            string name = colon < 0 ? "" : header[..colon].Trim();
            if (name.Length == 0 || name.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not ('-' or '_' or '.')))
                throw new CliException("a --header is not understood; write 'Name: value'.", ExitCodes.Usage);
            headers[name] = Expanded(name, header[(colon + 1)..].Trim());
        }

        return headers;
    }

    private static string Expanded(string header, string value)
    {
        var text = new StringBuilder();
        int at = 0;
        for (int start = value.IndexOf("${", StringComparison.Ordinal); start >= 0; start = value.IndexOf("${", at, StringComparison.Ordinal))
        {
            int end = value.IndexOf('}', start);
            if (end < 0) break;
            string name = value[(start + 2)..end];
            text.Append(value, at, start - at).Append(Environment.GetEnvironmentVariable(name) ?? throw new CliException($"the header {header} names the variable {name}, which is not set.", ExitCodes.Usage));
            at = end + 1;
        }

        return text.Append(value, at, value.Length - at).ToString();
    }
}
