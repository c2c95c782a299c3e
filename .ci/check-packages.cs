#:property PublishAot=false
// Checks the packed packages: each names exactly the dependencies its project does, at the versions of Directory.Packages.props, and ships
// no assembly but its own. A stand-in (eng/standins) that slipped into a package would show as one or the other.
// Usage: dotnet run .ci/check-packages.cs -- FOLDER
using System.IO.Compression;
using System.Xml.Linq;

string root = Directory.GetCurrentDirectory();
Dictionary<string, string> versions = XDocument.Load(Path.Combine(root, "Directory.Packages.props")).Descendants("PackageVersion")
    .ToDictionary(p => p.Attribute("Include")!.Value, p => p.Attribute("Version")!.Value, StringComparer.OrdinalIgnoreCase);
string version = XDocument.Load(Path.Combine(root, "Directory.Build.props")).Descendants("Version").Single().Value;
string standinFolder = Path.Combine(root, "eng", "standins");
HashSet<string> standins = Directory.Exists(standinFolder) ? [.. Directory.GetDirectories(standinFolder).Select(d => Path.GetFileName(d) + ".dll")] : [];
List<string> wrong = [];
string[] packages = Directory.GetFiles(args[0], "*.nupkg");
foreach (string package in packages) Check(package);
foreach (string project in Directory.GetDirectories(Path.Combine(root, "src")).Select(d => Path.GetFileName(d)!))
{
    if (!packages.Any(p => Path.GetFileName(p) == $"{project}.{version}.nupkg")) wrong.Add($"{project}: was not packed");
}

foreach (string problem in wrong) Console.Error.WriteLine(problem);
Console.WriteLine($"{packages.Length} packages checked, {wrong.Count} problems");
return wrong.Count == 0 && packages.Length > 0 ? 0 : 1;

void Check(string file)
{
    using ZipArchive zip = ZipFile.OpenRead(file);
    ZipArchiveEntry entry = zip.Entries.Single(e => e.FullName.EndsWith(".nuspec", StringComparison.Ordinal));
    using Stream stream = entry.Open();
    XElement[] nuspec = [.. XDocument.Load(stream).Descendants()];
    string id = nuspec.First(e => e.Name.LocalName == "id").Value;
    string projectFile = Path.Combine(root, "src", id, id + ".csproj");
    if (!File.Exists(projectFile))
    {
        wrong.Add($"{id}: no project of src/ has this name; is it a stand-in that was packed?");
        return;
    }

    XDocument project = XDocument.Load(projectFile);
    bool tool = project.Descendants("PackAsTool").Any(p => p.Value == "true");
    if (nuspec.FirstOrDefault(e => e.Name.LocalName == "license")?.Value != "MIT") wrong.Add($"{id}: the licence is not MIT");
    string[] named = [.. nuspec.Where(e => e.Name.LocalName == "dependency").Select(e => e.Attribute("id")!.Value + " " + e.Attribute("version")!.Value).Order(StringComparer.Ordinal)];
    string[] expected = tool ? [] : [.. Expected(project).Distinct().Order(StringComparer.Ordinal)];
    if (!named.SequenceEqual(expected)) wrong.Add($"{id}: names [{string.Join(", ", named)}] instead of [{string.Join(", ", expected)}]");
    foreach (string dll in zip.Entries.Select(e => e.FullName).Where(n => n.EndsWith(".dll", StringComparison.Ordinal)))
    {
        string name = Path.GetFileName(dll);
        if (standins.Contains(name)) wrong.Add($"{id}: ships the stand-in {dll}");
        if (!tool && name != id + ".dll") wrong.Add($"{id}: ships {dll}, which is not its own");
    }
}

// Central package management pins what comes through a project too, so the packages of a project that is referred to are named as well.
IEnumerable<string> Expected(XDocument project)
{
    foreach (XElement reference in project.Descendants("PackageReference"))
    {
        if (reference.Attribute("PrivateAssets")?.Value == "all") continue;
        string name = reference.Attribute("Include")!.Value;
        yield return name + " " + versions.GetValueOrDefault(name, "?");
    }

    foreach (XElement reference in project.Descendants("ProjectReference"))
    {
        string name = Path.GetFileNameWithoutExtension(reference.Attribute("Include")!.Value.Replace('\\', '/'));
        yield return name + " " + version;
        foreach (string package in Expected(XDocument.Load(Path.Combine(root, "src", name, name + ".csproj")))) yield return package;
    }
}
