/* A disk whose every flush takes a millisecond more: loaded into PostgreSQL before its own library. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <time.h>

typedef int (*flush)(int);

static int slowly(const char *name, int file)
{
    struct timespec millisecond = {0, 1000000};
    nanosleep(&millisecond, NULL);
    return ((flush) dlsym(RTLD_NEXT, name))(file);
}

int fsync(int file)
{
    return slowly("fsync", file);
}

int fdatasync(int file)
{
    return slowly("fdatasync", file);
}
