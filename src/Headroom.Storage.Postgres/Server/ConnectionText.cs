using System.Globalization;
using Npgsql;

namespace Headroom.Storage.Postgres.Server;

/// <summary>Reads how to connect: Npgsql's connection strings, and the addresses (<c>postgres://…</c>) that other tools and hosts hand out.</summary>
internal static class ConnectionText
{
    /// <summary>libpq's parameters of an address under Npgsql's names. Others must have Npgsql's name already.</summary>
    private static readonly Dictionary<string, string> s_parameters = new(StringComparer.Ordinal)
    {
        ["host"] = "Host",
        ["port"] = "Port",
        ["user"] = "Username",
        ["password"] = "Password",
        ["dbname"] = "Database",
        ["sslmode"] = "SSL Mode",
        ["sslrootcert"] = "Root Certificate",
        ["sslcert"] = "SSL Certificate",
        ["sslkey"] = "SSL Key",
        ["gssencmode"] = "GSS Encryption Mode",
        ["channel_binding"] = "Channel Binding",
        ["connect_timeout"] = "Timeout",
        ["application_name"] = "Application Name",
        ["target_session_attrs"] = "Target Session Attributes",
        ["options"] = "Options",
    };

    /// <summary>Whether the text is an address rather than a connection string.</summary>
    public static bool IsAddress(string text) =>
        text.StartsWith("postgres://", StringComparison.OrdinalIgnoreCase) || text.StartsWith("postgresql://", StringComparison.OrdinalIgnoreCase);

    /// <summary>The settings in the text.</summary>
    /// <exception cref="ArgumentException">It is neither, or names no host. The message repeats nothing but the names of settings: the rest may be a password.</exception>
    public static NpgsqlConnectionStringBuilder Parse(string text)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(text);
        NpgsqlConnectionStringBuilder settings = IsAddress(text) ? ParseAddress(text) : ParseSettings(text);
        if (string.IsNullOrEmpty(settings.Host)) throw new ArgumentException("The connection string names no server: add Host=….", nameof(text));
        return settings;
    }

    private static NpgsqlConnectionStringBuilder ParseSettings(string text)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(text);
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new ArgumentException("The connection string cannot be read: " + e.Message, nameof(text)); // the inner exception repeats values
        }
    }

    private static NpgsqlConnectionStringBuilder ParseAddress(string text)
    {
        var settings = new NpgsqlConnectionStringBuilder();
        ReadOnlySpan<char> rest = text.AsSpan(text.IndexOf("://", StringComparison.Ordinal) + 3);
        if (rest.IndexOf('?') is >= 0 and var mark)
        {
            foreach (Range range in rest[(mark + 1)..].Split('&')) SetParameter(settings, rest[(mark + 1)..][range]);
            rest = rest[..mark];
        }

        if (rest.IndexOf('/') is >= 0 and var slash)
        {
            if (slash + 1 < rest.Length) settings.Database = Decode(rest[(slash + 1)..]);
            rest = rest[..slash];
        }

        if (rest.LastIndexOf('@') is >= 0 and var at)
        {
            ReadOnlySpan<char> user = rest[..at];
            int colon = user.IndexOf(':');
            settings.Username = Decode(colon < 0 ? user : user[..colon]);
            if (colon >= 0) settings.Password = Decode(user[(colon + 1)..]);
            rest = rest[(at + 1)..];
        }

        SetHost(settings, rest);
        return settings;
    }

    /// <summary>Several hosts may each have a port; a single one's port is set apart, as Npgsql wants it.</summary>
    private static void SetHost(NpgsqlConnectionStringBuilder settings, ReadOnlySpan<char> hosts)
    {
        if (hosts.IsEmpty) return; // it may be among the parameters
        int colon = hosts.Contains(',') ? -1 : hosts.LastIndexOf(':');
        if (colon > hosts.LastIndexOf(']'))
        {
            if (!int.TryParse(hosts[(colon + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out int port)) throw new ArgumentException("The port in the address is no number.");
            settings.Port = port;
            hosts = hosts[..colon];
        }

        settings.Host = Decode(hosts is ['[', .., ']'] ? hosts[1..^1] : hosts);
    }

    private static void SetParameter(NpgsqlConnectionStringBuilder settings, ReadOnlySpan<char> parameter)
    {
        if (parameter.IsEmpty) return;
        int equals = parameter.IndexOf('=');
        if (equals <= 0) throw new ArgumentException("A parameter of the address has no value.");
        string name = Decode(parameter[..equals]);
        string value = Decode(parameter[(equals + 1)..]);
        // libpq writes verify-full and read-write with hyphens; Npgsql wants the former without.
        if (name == "sslmode") value = value.Replace("-", "", StringComparison.Ordinal);
        try
        {
            settings[s_parameters.GetValueOrDefault(name, name)] = value;
        }
        catch (Exception e) when (e is ArgumentException or FormatException)
        {
            throw new ArgumentException("A parameter of the address is not known, or its value is of another kind. In a user or password, write ?, /, @ and % as %3F, %2F, %40 and %25.");
        }
    }

    private static string Decode(ReadOnlySpan<char> text) => Uri.UnescapeDataString(text);
}
