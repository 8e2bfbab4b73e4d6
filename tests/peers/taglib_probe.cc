// What TagLib says of files: one line each, with its length in milliseconds, title and artist.
// Built and run by the scripts beside it, where TagLib is installed:
//   c++ -O2 -o taglib_probe taglib_probe.cc $(pkg-config --cflags --libs taglib)
// Reads names of files from standard input; with -q prints nothing, for measuring time; with -jN
// reads them on N threads.
#include <atomic>
#include <cstring>
#include <iostream>
#include <string>
#include <thread>
#include <vector>

#include <fileref.h>
#include <tag.h>

int main(int argc, char **argv) {
  bool quiet = false;
  int threads = 1;
  for (int i = 1; i < argc; i++) {
    if (!std::strcmp(argv[i], "-q")) quiet = true;
    if (!std::strncmp(argv[i], "-j", 2)) threads = std::stoi(argv[i] + 2);
  }
  std::vector<std::string> paths;
  for (std::string path; std::getline(std::cin, path);) paths.push_back(path);
  std::atomic<size_t> next{0};
  auto work = [&] {
    for (size_t n; (n = next++) < paths.size();) {
      TagLib::FileRef file(paths[n].c_str(), true, TagLib::AudioProperties::Accurate);
      int length = file.isNull() || !file.audioProperties()
                       ? -1
                       : file.audioProperties()->lengthInMilliseconds();
      std::string title, artist;
      if (!file.isNull() && file.tag()) {
        title = file.tag()->title().to8Bit(true);
        artist = file.tag()->artist().to8Bit(true);
      }
      if (!quiet) std::cout << length << "\t" << title << "\t" << artist << "\t" << paths[n] << "\n";
    }
  };
  std::vector<std::thread> all;
  for (int i = 1; i < threads; i++) all.emplace_back(work);
  work();
  for (auto &thread : all) thread.join();
}
