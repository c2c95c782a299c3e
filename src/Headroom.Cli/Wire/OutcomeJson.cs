using System.Buffers;
using System.Globalization;

namespace Headroom.Cli.Wire;

/// <summary>Writes the parts of an outcome that the protocols share.</summary>
internal static class OutcomeJson
{
    /// <summary><c>"id":…</c> exactly as the line spelled it; <c>null</c> where it had none.</summary>
    public static void WriteId(IBufferWriter<byte> output, ReadOnlySpan<byte> line, JsonSpan id)
    {
        output.Write("\"id\":"u8);
        output.Write(id.IsAbsent ? "null"u8 : id.Of(line));
    }

    /// <summary><c>"form":"elided"</c>.</summary>
    public static void WriteForm(IBufferWriter<byte> output, ItemOutcome outcome)
    {
        output.Write("\"form\":"u8);
        JsonText.Write(output, NameOf(outcome.Form));
    }

    /// <summary>Reason, tokens and, where parts are left out, the id of the original.</summary>
    public static void WriteFigures(IBufferWriter<byte> output, ItemOutcome outcome)
    {
        output.Write("\"reason\":"u8);
        JsonText.Write(output, NameOf(outcome.Reason));
        output.Write(",\"tokensBefore\":"u8);
        WriteNumber(output, outcome.TokensBefore);
        output.Write(",\"tokensAfter\":"u8);
        WriteNumber(output, outcome.TokensAfter);
        if (outcome.OriginalId is null) return;
        output.Write(",\"originalId\":"u8);
        JsonText.Write(output, outcome.OriginalId);
    }

    /// <summary>All of it: form, kind, encoding, elision, figures and the text.</summary>
    public static void WriteAll(IBufferWriter<byte> output, ItemOutcome outcome)
    {
        WriteForm(output, outcome);
        output.Write(",\"kind\":"u8);
        JsonText.Write(output, outcome.Kind);
        output.Write(",\"encoding\":"u8);
        JsonText.Write(output, outcome.Encoding);
        output.Write(",\"elision\":"u8);
        JsonText.Write(output, NameOf(outcome.Elision));
        output.Write(","u8);
        WriteFigures(output, outcome);
        output.Write(",\"text\":"u8);
        JsonText.Write(output, outcome.Text);
    }

    public static void WriteNumber(IBufferWriter<byte> output, int value)
    {
        Span<byte> digits = output.GetSpan(11);
        value.TryFormat(digits, out int written, provider: CultureInfo.InvariantCulture);
        output.Advance(written);
    }

    /// <summary>The name of an enum member in camelCase, such as <c>nothingSmaller</c>.</summary>
    public static string NameOf<T>(T member)
        where T : struct, Enum
    {
        string name = member.ToString();
        return string.Concat(char.ToLowerInvariant(name[0]).ToString(), name.AsSpan(1));
    }
}
