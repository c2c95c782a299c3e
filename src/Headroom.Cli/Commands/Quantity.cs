using System.Globalization;

namespace Headroom.Cli.Commands;

/// <summary>Durations and sizes as people write them.</summary>
internal static class Quantity
{
    private static readonly (string Unit, long Bytes)[] s_sizes = [("TB", 1L << 40), ("GB", 1L << 30), ("MB", 1L << 20), ("KB", 1L << 10), ("B", 1)];

    /// <summary>A number with <c>d</c>, <c>h</c>, <c>m</c> or <c>s</c>.</summary>
    public static TimeSpan Duration(string option, string text)
    {
        double seconds = text.Length > 1 ? text[^1] switch { 'd' => 86_400, 'h' => 3_600, 'm' => 60, 's' => 1, _ => 0 } : 0;
        return seconds > 0 && double.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number * seconds < 1e10
            ? TimeSpan.FromSeconds(number * seconds)
            : throw new CliException($"{option} {text} is not understood; write 30d, 12h, 45m or 90s.", ExitCodes.Usage);
    }

    /// <summary>A number of bytes, or one with <c>KB</c>, <c>MB</c>, <c>GB</c> or <c>TB</c>, each 1,024 of the one before.</summary>
    public static long Bytes(string option, string text)
    {
        foreach ((string unit, long bytes) in s_sizes)
        {
            if (!text.EndsWith(unit, StringComparison.OrdinalIgnoreCase)) continue;
            if (double.TryParse(text.AsSpan(0, text.Length - unit.Length).Trim(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number) && number * bytes < 1e18)
                return (long)(number * bytes);
            break;
        }

        return long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out long plain)
            ? plain
            : throw new CliException($"{option} {text} is not understood; write 500MB or 2GB.", ExitCodes.Usage);
    }

    /// <summary>A size in the unit that fits.</summary>
    public static string Of(long bytes)
    {
        (string unit, long size) = Array.Find(s_sizes, s => bytes >= s.Bytes);
        return unit is null or "B"
            ? string.Create(CultureInfo.InvariantCulture, $"{bytes} B")
            : string.Create(CultureInfo.InvariantCulture, $"{(double)bytes / size:0.#} {unit}");
    }
}
