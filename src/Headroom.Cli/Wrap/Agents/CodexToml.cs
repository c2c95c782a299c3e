using Tomlyn.Model;
using Tomlyn.Serialization;

namespace Headroom.Cli.Wrap.Agents;

/// <summary>Reads TOML without reflection.</summary>
[TomlSerializable(typeof(TomlTable))]
internal sealed partial class CodexToml : TomlSerializerContext;
