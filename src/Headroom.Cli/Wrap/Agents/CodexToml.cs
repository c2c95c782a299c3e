using Tomlyn;
using Tomlyn.Model;
using Tomlyn.Serialization;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Reads TOML without reflection.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class CodexToml : TomlSerializerContext
{
    /// <summary>The tables of a text; <see langword="null"/> where it is no TOML.</summary>
    public static TomlTable? TryParse(string text)
    {
        try
        {
            return TomlSerializer.Deserialize(text, Default.TomlTable);
        }
        catch (TomlException)
        {
            return null;
        }
    }
}
