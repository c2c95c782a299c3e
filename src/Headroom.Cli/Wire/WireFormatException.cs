namespace Headroom.Cli.Wire;

/// <summary>A line that does not follow the protocol. The message says what is expected.</summary>
internal sealed class WireFormatException(string message) : Exception(message);
