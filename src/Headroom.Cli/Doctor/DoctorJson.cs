using System.Buffers;
using System.Text.Json;
using Headroom.Cli.Wire;

namespace Headroom.Cli.Doctor;

/// <summary>Writes the report for programs: one object.</summary>
internal static class DoctorJson
{
    public static void Write(Stream output, DoctorReport report)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteNumber("schema", 1);
            json.WriteNumber("problems", report.Problems);
            json.WriteNumber("warnings", report.Warnings);
            json.WriteStartArray("findings");
            foreach ((CheckGroup group, Finding finding) in report.Findings)
            {
                json.WriteStartObject();
                json.WriteString("group", OutcomeJson.NameOf(group));
                json.WriteString("state", OutcomeJson.NameOf(finding.State));
                json.WriteString("text", finding.Text);
                if (finding.Next is { } next) json.WriteString("next", next);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        buffer.Write("\n"u8);
        output.Write(buffer.WrittenSpan);
    }
}
